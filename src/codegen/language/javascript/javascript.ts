import type { Framework, Project, Told } from '../../../domain/project.ts';
import type { Language } from '../../../domain/trace.ts';
import { nameOf } from '../layout.ts';
import { type Ecosystem, type Package, saidIn, sampleOf } from '../package.ts';
import { certain, guessed } from '../told.ts';
import { buildToolOf } from './build-tool.ts';
import { importedPackages } from './imports.ts';
import { declaredIn, type Manifest, manifestOf } from './manifest.ts';
import { packageManagerOf } from './package-manager.ts';
import { testsOf } from './tests.ts';

const SOURCE = /\.([cm]?[jt]s|[jt]sx)$/;
const CONFIG = /(^|\/)(\.?[\w-]+\.config|\.[\w-]+rc|gulpfile|gruntfile|karma\.conf)\.[cm]?[jt]s$/i;

/** JavaScript and TypeScript on Node, in the browser, or both. */
export const javascript: Ecosystem = {
  isManifest: (file) => nameOf(file) === 'package.json',
  isSource: (file) =>
    SOURCE.test(file) && !file.endsWith('.d.ts') && !CONFIG.test(file) && !file.endsWith('.min.js'),
  isTest: (file) =>
    SOURCE.test(file) &&
    (/[.-](test|spec)\.[^/]+$/.test(file) || /(^|\/)(__tests__|tests?|spec)\//.test(file)),
  describe,
};

async function describe(found: Package): Promise<Project | null> {
  const manifest = await manifestOf(found);
  const imported = importedPackages(await sampleOf(found, found.sources));
  return {
    dir: found.dir,
    language: languageOf(found, manifest),
    languageVersion: await versionOf(found, manifest),
    frameworks: frameworksOf(manifest, imported, found.hasManifest),
    packageManager: found.hasManifest ? await packageManagerOf(found, manifest) : null,
    buildTool: buildToolOf(found, manifest),
    tests: await testsOf(found, manifest),
  };
}

function languageOf(found: Package, manifest: Manifest): Told<Language> {
  const code = [...found.sources, ...found.tests];
  const typed = code.filter((name) => /\.([cm]?ts|tsx)$/.test(name)).length;
  const plain = code.length - typed;
  if (typed > 0 && plain === 0) return certain('typescript', `${typed} sources, all TypeScript`);
  if (plain > 0 && typed === 0) return certain('javascript', `${plain} sources, all JavaScript`);
  const sign = typeScriptSign(found, manifest);
  if (code.length === 0)
    return sign === null
      ? guessed('javascript', 'package.json, but no sources')
      : guessed('typescript', sign);
  const counted = `${typed} TypeScript and ${plain} JavaScript sources`;
  if (typed >= plain && sign !== null) return certain('typescript', `${sign}; ${counted}`);
  return guessed(typed >= plain ? 'typescript' : 'javascript', counted);
}

function typeScriptSign(found: Package, manifest: Manifest): string | null {
  if (found.has('tsconfig.json')) return 'tsconfig.json';
  return declaredIn(manifest, 'typescript');
}

async function versionOf(found: Package, manifest: Manifest): Promise<Told<string> | null> {
  const { engines, volta } = manifest;
  if (engines['node'] !== undefined) return certain(engines['node'], 'package.json: engines.node');
  if (volta['node'] !== undefined) return certain(volta['node'], 'package.json: volta.node');
  for (const at of [found, ...found.around]) {
    const said = await saidIn(at, ['.nvmrc', '.node-version']);
    if (said !== null) return certain(said.word, said.name);
  }
  return null;
}

/** Those that bring others come first. */
const FRAMEWORKS: readonly (readonly [Framework, ...string[]])[] = [
  ['next', 'next'],
  ['nest', '@nestjs/core'],
  ['angular', '@angular/core'],
  ['vue', 'vue', 'nuxt'],
  ['react', 'react'],
  ['fastify', 'fastify'],
  ['express', 'express'],
];

function frameworksOf(
  manifest: Manifest,
  imported: ReadonlySet<string>,
  hasManifest: boolean,
): readonly Told<Framework>[] {
  return FRAMEWORKS.flatMap(([framework, ...packages]) => {
    const found = packages.map((name) => useOf(framework, name, { manifest, imported, hasManifest }));
    return found.find((told) => told !== null) ?? [];
  });
}

/** A dependency is used. What is only there for development or a peer is, if the program imports it. */
function useOf(
  framework: Framework,
  name: string,
  seen: { manifest: Manifest; imported: ReadonlySet<string>; hasManifest: boolean },
): Told<Framework> | null {
  const { manifest, imported, hasManifest } = seen;
  if (manifest.dependencies[name] !== undefined)
    return certain(framework, `package.json: dependencies.${name}`);
  const isPeer = manifest.peerDependencies[name] !== undefined;
  const declared = declaredIn(manifest, name) ?? (isPeer ? `package.json: peerDependencies.${name}` : null);
  if (imported.has(name)) {
    const isSure = declared !== null || !hasManifest;
    return isSure
      ? certain(framework, `${declared ?? 'no manifest'}; imported by sources`)
      : guessed(framework, `imported by sources, but not declared`);
  }
  return declared === null || isPeer ? null : guessed(framework, `${declared}, but no import was seen`);
}
