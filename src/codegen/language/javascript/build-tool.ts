import type { Told } from '../../../domain/project.ts';
import type { Package } from '../package.ts';
import { certain, guessed } from '../told.ts';
import { commandsOf, declaredIn, type Manifest } from './manifest.ts';

/** By the word that calls them. A bundler comes before the compilers that check types for it. */
const TOOLS = [
  'next',
  'nuxt',
  'vite',
  'webpack',
  'rollup',
  'tsup',
  'tsdown',
  'unbuild',
  'parcel',
  'esbuild',
  'ng',
  'nest',
  'react-scripts',
  'vue-cli-service',
  'turbo',
  'nx',
  'lerna',
  'gulp',
  'grunt',
  'swc',
  'babel',
  'tsc',
] as const;

const CONFIGS = ['vite', 'webpack', 'rollup', 'tsup', 'next', 'nuxt'] as const;

/** What the script `build` calls; without one, what is configured. */
export function buildToolOf(found: Package, manifest: Manifest): Told<string> | null {
  const words = new Set(commandsOf(manifest, 'build').flat());
  const called = TOOLS.find((tool) => words.has(tool));
  if (called !== undefined) return certain(called, 'package.json: scripts.build');
  for (const tool of CONFIGS) {
    const config = found.names.find((name) => name.startsWith(`${tool}.config.`));
    if (config !== undefined && declaredIn(manifest, tool) !== null) return guessed(tool, config);
  }
  return found.has('tsconfig.json') && declaredIn(manifest, 'typescript') !== null
    ? guessed('tsc', 'tsconfig.json')
    : null;
}
