import type { Framework, Project, Told } from '../../domain/project.ts';
import { nameOf } from './layout.ts';
import { type Ecosystem, type Package, sampleOf } from './package.ts';
import { certain, guessed } from './told.ts';

/** Go modules. */
export const go: Ecosystem = {
  isManifest: (file) => nameOf(file) === 'go.mod',
  isSource: (file) => file.endsWith('.go'),
  isTest: (file) => file.endsWith('_test.go'),
  describe,
};

async function describe(found: Package): Promise<Project> {
  const module = found.hasManifest ? ((await found.read('go.mod')) ?? '') : '';
  const version = /^go\s+(\S+)/m.exec(module)?.[1];
  const files = found.sources.length + found.tests.length;
  return {
    dir: found.dir,
    language:
      found.hasManifest || files > 0
        ? certain('go', found.hasManifest ? 'go.mod' : `${files} sources`)
        : guessed('go', 'no sources'),
    languageVersion: version === undefined ? null : certain(version, 'go.mod: go'),
    frameworks: frameworksOf(module, await sampleOf(found, found.sources), found.hasManifest),
    packageManager: found.hasManifest ? certain('go', 'go.mod') : null,
    buildTool: found.hasManifest ? certain('go', 'go.mod') : null,
    tests: testsOf(found),
  };
}

function testsOf(found: Package): Told<'go test'> {
  const [first] = found.tests;
  return first === undefined ? guessed('go test', 'there are no tests yet') : certain('go test', first);
}

const MODULES: readonly (readonly [Framework, RegExp])[] = [
  ['gin', /github\.com\/gin-gonic\/gin(?=[\s"/])/],
  ['echo', /github\.com\/labstack\/echo(?=[\s"/])/],
];

/** What serves with the standard library; a client of it is none. */
const SERVES =
  /\bhttp\.(ListenAndServe(TLS)?|HandleFunc|Handle|NewServeMux|Serve)\(|\bhttp\.Server\{|\bhttp\.HandlerFunc\b|\bhttp\.ResponseWriter\b/;

function frameworksOf(
  module: string,
  sources: readonly string[],
  hasManifest: boolean,
): readonly Told<Framework>[] {
  const required = module.split('\n').filter((line) => !/\/\/\s*indirect/.test(line));
  const found = MODULES.flatMap(([framework, path]) => {
    const imported = sources.some((text) => path.test(importsOf(text)));
    if (required.some((line) => path.test(line))) {
      return imported
        ? [certain(framework, 'go.mod: require; imported by sources')]
        : [guessed(framework, 'go.mod: require, but no import was seen')];
    }
    if (!imported) return [];
    return [
      hasManifest
        ? guessed(framework, 'imported, but not required')
        : certain(framework, 'imported by sources'),
    ];
  });
  if (found.length > 0) return found;
  const serves = sources.some((text) => /"net\/http"/.test(importsOf(text)) && SERVES.test(text));
  return serves ? [certain('net/http', 'sources serve with net/http')] : [];
}

function importsOf(text: string): string {
  return [...text.matchAll(/^import\s*(\([^)]*\)|[\w.]*\s*"[^"]+")/gm)].map(([all]) => all).join('\n');
}
