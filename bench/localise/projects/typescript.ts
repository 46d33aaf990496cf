import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { Project } from '../project.ts';
import { type PackageSource, unpack } from './npm-packages.ts';

const PACKAGES: readonly PackageSource[] = [
  { name: '@msgpack/msgpack', version: '3.1.3', sources: 'src/**/*.ts' },
  { name: 'css-what', version: '8.0.0', sources: 'src/*.ts' },
  { name: 'entities', version: '9.0.0', sources: 'src/**/*.ts' },
  { name: 'immer', version: '11.2.10', sources: 'src/**/*.ts' },
  { name: 'redux', version: '5.0.1', sources: 'src/**/*.ts' },
  { name: 'reselect', version: '5.3.0', sources: 'src/**/*.ts' },
  { name: 'rxjs', version: '7.8.2', sources: 'src/{index.ts,internal/**/*.ts}' },
  { name: 'zod', version: '4.6.7', sources: 'src/v4/{index.ts,classic/*.ts,core/*.ts,locales/*.ts}' },
];

export const typescript: Project = {
  language: 'typescript',
  sources: /\.ts$/,
  journal: /^main\.ts$|journal\.ts$|(?:generated|locales)\//,
  fill: (tree, cache) => unpack(PACKAGES, tree, cache),
  compile,
  restore: compile,
  command: [process.execPath, '--enable-source-maps', 'out/main.js'],
  probe: (id) => `process.stderr.write('@@${id}\\n')`,
  separator: '; ',
};

/** Into `out`, each file for itself, with source maps: a trace names the sources. */
function compile(tree: string, files: readonly string[] | null): boolean {
  for (const file of files ?? globSync('**/*.ts', { cwd: tree })) {
    const from = join(tree, file);
    const { outputText, diagnostics = [] } = ts.transpileModule(readFileSync(from, 'utf8'), {
      fileName: from,
      reportDiagnostics: true,
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        esModuleInterop: true,
        rewriteRelativeImportExtensions: true,
        inlineSourceMap: true,
        sourceRoot: dirname(from),
      },
    });
    if (diagnostics.length > 0) return false;
    const to = join(tree, 'out', file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, outputText);
  }
  return true;
}
