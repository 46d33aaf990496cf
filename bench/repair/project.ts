import type { BugCase } from './case.ts';

type Texts = Readonly<Record<string, string>>;

/** A case as a repository, and how it is made to break. */
export interface BugProject {
  readonly files: Texts;
  /** Where the module is. */
  readonly suspect: string;
  /** Files that are not part of the repository, and the command that runs them in it. */
  readonly crash: { readonly files: Texts; readonly argv: readonly [string, ...string[]] };
}

export function projectOf(bug: BugCase): BugProject {
  switch (bug.language) {
    case 'javascript':
    case 'typescript':
      return nodeProject(bug);
    case 'python':
      return pythonProject(bug);
    case 'go':
      return goProject(bug);
    case 'java':
      return javaProject(bug);
    case 'ruby':
      return rubyProject(bug);
  }
}

function nodeProject({ name, ending, code, test, crash }: BugCase): BugProject {
  const suspect = `src/${name}${ending}`;
  const glob = ending === '.ts' ? ' "test/**/*.test.ts"' : '';
  const manifest = { name, type: 'module', private: true, scripts: { test: `node --test${glob}` } };
  const head = "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n";
  const imports = importsIn(crash.includes('import ') ? '' : test).replaceAll("'../src/", "'./src/");
  return {
    suspect,
    files: {
      'package.json': JSON.stringify(manifest, null, 2),
      [suspect]: code,
      [`test/${name}.test${ending}`]: head + test,
    },
    crash: { files: { 'crash.mjs': `${imports}\n${crash}` }, argv: [process.execPath, 'crash.mjs'] },
  };
}

function pythonProject({ name, code, test, crash }: BugCase): BugProject {
  const suspect = `${name}.py`;
  return {
    suspect,
    files: { 'requirements.txt': 'pytest\n', [suspect]: code, [`test_${name}.py`]: test },
    crash: { files: { 'crash.py': `${importsIn(test)}\n${crash}` }, argv: ['python3', '-B', 'crash.py'] },
  };
}

function goProject({ name, code, test, crash }: BugCase): BugProject {
  const suspect = `${name}.go`;
  const main = `package shop\n\nimport "testing"\n\nfunc TestCrash(t *testing.T) {\n\t${crash.trim()}\n}\n`;
  return {
    suspect,
    files: {
      'go.mod': 'module example.com/shop\n\ngo 1.19\n',
      [suspect]: `package shop\n\n${code}`,
      [`${name}_test.go`]: `package shop\n\nimport "testing"\n\n${test}`,
    },
    crash: { files: { 'crash_test.go': main }, argv: ['go', 'test', '-run', 'TestCrash', '.'] },
  };
}

function javaProject({ name, code, test, crash }: BugCase): BugProject {
  const suspect = `src/main/java/shop/${name}.java`;
  const imports = 'package shop;\n\nimport java.util.*;\n\n';
  const main = `${imports}public class Crash {\n    public static void main(String[] args) {\n        ${crash.trim()}\n    }\n}\n`;
  const junit = 'import static org.junit.jupiter.api.Assertions.*;\n\nimport org.junit.jupiter.api.Test;\n\n';
  const body = test
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return {
    suspect,
    files: {
      'pom.xml': POM,
      [suspect]: imports + code,
      [`src/test/java/shop/${name}Test.java`]: `${imports}${junit}class ${name}Test {\n${body}\n}\n`,
    },
    crash: {
      files: { 'src/main/java/shop/Crash.java': main },
      argv: [
        'sh',
        '-c',
        'javac -g -d /tmp/vigilai-crash-$$ src/main/java/shop/*.java && java -cp /tmp/vigilai-crash-$$ shop.Crash; rm -rf /tmp/vigilai-crash-$$',
      ],
    },
  };
}

function rubyProject({ name, code, test, crash }: BugCase): BugProject {
  const suspect = `lib/${name}.rb`;
  const head = `require "minitest/autorun"\nrequire_relative "../lib/${name}"\n\n`;
  return {
    suspect,
    files: { Rakefile: 'task :test\n', [suspect]: code, [`test/${name}_test.rb`]: head + test },
    crash: { files: { 'crash.rb': `require_relative "lib/${name}"\n${crash}` }, argv: ['ruby', 'crash.rb'] },
  };
}

function importsIn(test: string): string {
  return test
    .split('\n')
    .filter((line) => /^(import|from) /.test(line))
    .join('\n');
}

const PLUGINS = [
  ['maven-resources-plugin', '3.3.0'],
  ['maven-compiler-plugin', '3.10.1'],
  ['maven-surefire-plugin', '2.22.3'],
] as const;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>shop</groupId>
  <artifactId>shop</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>11</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.junit.jupiter</groupId>
      <artifactId>junit-jupiter</artifactId>
      <version>5.9.2</version>
      <scope>test</scope>
    </dependency>
  </dependencies>
  <build>
    <plugins>
${PLUGINS.map(([id, version]) => `      <plugin><artifactId>${id}</artifactId><version>${version}</version></plugin>`).join('\n')}
    </plugins>
  </build>
</project>
`;
