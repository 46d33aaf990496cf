import { describe, expect, it } from 'vitest';
import { guard } from '../../../../src/codegen/guard/guard.ts';
import { globMatches, isSafePath, protectedBy } from '../../../../src/codegen/guard/protected-paths.ts';
import { aChange, limits } from '../../../support/fix-samples.ts';

const reason = (...changes: Parameters<typeof guard>[0]) => {
  const verdict = guard(changes, limits);
  return verdict.verdict === 'ok' ? null : verdict.reason;
};

describe('the guard', () => {
  it('lets ordinary source and tests through', () => {
    expect(reason(aChange('src/a.ts', 'a\n', 'b\n'), aChange('test/a.test.ts', null, 'x\n'))).toBeNull();
    for (const path of [
      'src/git/x.js',
      'docs/agents-guide.md',
      'src/package.js',
      'lib/config.py',
      'src/eslint.js',
    ]) {
      expect([path, protectedBy(path)]).toEqual([path, null]);
    }
  });

  it.each([
    '.git/config', 'sub/.GIT/hooks/x', '.github/workflows/ci.yml', '.gitlab-ci.yml', 'package.json', 'a/package-lock.json',
    'yarn.lock', 'pnpm-lock.yaml', 'poetry.lock', 'requirements-dev.txt', 'pyproject.toml', 'tsconfig.build.json',
    'vitest.config.ts', 'vitest.setup.ts', 'jest.config.cjs', 'tests/conftest.py', 'pytest.ini', 'setup.cfg', '.husky/pre-commit',
    'lefthook.yml', 'AGENTS.md', 'sub/Claude.md', '.kiro/steering/a.md', '.mcp.json', '.cursor/rules', 'node_modules/x/i.js',
    'go.mod', 'go.sum', 'pom.xml', 'app/build.gradle.kts', 'Gemfile', 'Gemfile.lock', 'shop.gemspec', '.rspec', 'Rakefile', 'spec/spec_helper.rb',
    'test/test_helper.rb', 'mvnw', '.mvn/maven.config', 'Makefile', '.eslintrc.json', '.golangci.yml', '.rubocop.yml', 'vendor/a/a.go', 'dist/a.js',
    'src/api_pb2.py', 'src/test/resources/junit-platform.properties', '.npmrc', '.gitattributes', '.gitmodules', 'vigilai.config.ts', '.env', '.env.local', 'sitecustomize.py', 'evil.pth',
  ])('refuses %s', (path) => {
    expect(reason(aChange(path, 'a\n', 'b\n'))).toMatch(/must not change/);
  }); // biome-ignore format: a list of paths

  it.each([
    '../x',
    '/etc/passwd',
    'a/../../x',
    'a\\b',
    'a\nb',
    'c:x',
    'git~1/config',
    '.git./config',
    'a//b',
    '',
  ])('refuses the path %j', (path) => expect(isSafePath(path)).toBe(false));

  it('refuses links, modes, binaries, too many files, too many lines, and what configuration protects', () => {
    const change = aChange('src/a.ts', 'a\n', 'b\n');
    expect(reason({ ...change, special: true })).toMatch(/symbolic link/);
    expect(reason({ ...change, binary: true })).toMatch(/binary/);
    expect(reason(change, change, change, change)).toMatch(/4 files changed, at most 3/);
    expect(reason({ ...change, linesAdded: 51 })).toMatch(/lines changed, at most 50/);
    expect(reason(aChange('src/legal/terms.ts', 'a', 'b'))).toMatch(/fix.protectedPaths \(src\/legal/);
  });

  it('refuses an added line with a secret, and not one that only speaks of them', () => {
    const secrets = [
      "const apiKey = 'sk-live-abcdefghijklmnop1234';",
      "const password = 'c0rrect-h0rse-batt3ry';",
      'mail("ada.lovelace@corp.io")',
      '-----BEGIN RSA PRIVATE KEY-----',
      "fetch('https://ada:pa55word@corp.io/x')",
      'aws_secret_access_key = wJ4lrXUtnF3MIK7MD9NGbPxRf1CYzz8qqqK2Yabc',
      '  extraHeader: Authorization: Bearer ghp_Q3b7Zk1tW9rXc5Vn2mLs8Yd4Fg6Hj0Kp1aUe',
    ];
    const code = [
      'const token = getToken(req);',
      'const password = req.body.password;',
      "assert.equal(user.email, 'ada@example.com');",
      "import { averyLongFunctionNameThatIsQuiteLong } from './averyLongFunctionNameThatIsQuiteLong.js';",
      "token = request.headers.get('X-Token')",
      "expect(login({ password: 'hunter2' })).toBe(null);",
    ];
    for (const line of secrets)
      expect([line, reason(aChange('src/a.ts', '', line))?.includes('secret')]).toEqual([line, true]);
    for (const line of code) expect([line, reason(aChange('src/a.ts', '', line))]).toEqual([line, null]);
    expect(reason(aChange('src/a.ts', secrets.join('\n'), `${secrets.join('\n')}\n// more`))).toBeNull();
  });

  it('matches globs as people write them', () => {
    const hits = [
      ['*.sql', 'db/x.sql'],
      ['db/*.sql', 'db/x.sql'],
      ['db', 'db/a/b.js'],
      ['**/gen/**', 'a/gen/b.js'],
      ['./a/?.js', 'a/b.js'],
    ];
    const misses = [
      ['db/*.sql', 'db/a/x.sql'],
      ['*.sql', 'x.sqlx'],
      ['db', 'mydb/a.js'],
      ['a.b', 'aXb'],
    ];
    for (const [pattern = '', path = ''] of hits)
      expect([pattern, path, globMatches(pattern, path)]).toEqual([pattern, path, true]);
    for (const [pattern = '', path = ''] of misses)
      expect([pattern, path, globMatches(pattern, path)]).toEqual([pattern, path, false]);
  });
});
