import type { Project } from '../project.ts';
import { type PackageSource, unpack } from './npm-packages.ts';

const PACKAGES: readonly PackageSource[] = [
  { name: 'chroma-js', version: '3.1.2', sources: '{index.js,src/**/*.js}' },
  { name: 'commander', version: '14.0.3', sources: '{index.js,lib/*.js}' },
  { name: 'csv-parse', version: '6.2.1', sources: 'lib/**/*.js' },
  { name: 'csv-stringify', version: '6.9.0', sources: 'lib/**/*.js' },
  { name: 'dayjs', version: '1.11.13', sources: 'esm/{*.js,locale/en.js,plugin/**/*.js}' },
  { name: 'diff', version: '9.0.0', sources: 'libesm/**/*.{js,json}' },
  { name: 'he', version: '1.2.0', sources: 'he.js' },
  { name: 'ini', version: '6.0.0', sources: 'lib/*.js' },
  { name: 'js-yaml', version: '4.1.0', sources: '{index.js,lib/**/*.js}' },
  { name: 'json5', version: '2.2.3', sources: 'lib/*.js' },
  { name: 'luxon', version: '3.7.2', sources: 'src/**/*.js' },
  { name: 'minimist', version: '1.2.8', sources: 'index.js' },
  { name: 'mustache', version: '4.2.0', sources: 'mustache.mjs' },
  {
    name: 'semver',
    version: '7.8.6',
    sources: '{index.js,classes/*.js,functions/*.js,internal/*.js,ranges/*.js}',
  },
  { name: 'validator', version: '13.12.0', sources: 'es/**/*.js' },
  { name: 'yargs-parser', version: '22.0.0', sources: 'build/lib/*.js' },
];

export const javascript: Project = {
  language: 'javascript',
  sources: /\.m?js$/,
  journal: /^main\.mjs$|journal\.mjs$/,
  fill: (tree, cache) => unpack(PACKAGES, tree, cache),
  compile: () => true,
  command: [process.execPath, 'main.mjs'],
  probe: (id) => `process.stderr.write('@@${id}\\n')`,
  separator: '; ',
};
