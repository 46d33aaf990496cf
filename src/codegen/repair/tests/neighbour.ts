import { posix } from 'node:path';
import type { Files } from '../../../ports/files.ts';
import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Source } from '../program.ts';
import { nodesIn } from '../tree.ts';

/** A test file that is there already; new ones take its place, imports and framework. */
export interface Neighbour extends Source {
  /** It tests the suspect's module, as far as its imports and names tell. */
  readonly isOfModule: boolean;
}

const TEST_FILE = /(^|\/)(test_[^/]*\.py|[^/]*(_test|_spec|[._-]test|[._-]spec|Tests?)\.[a-z]+)$/;

function isTestFile(file: string): boolean {
  return TEST_FILE.test(file) || /(^|\/)(test|tests|__tests__)\/[^/]+\.[cm]?[jt]s$/.test(file);
}

const MOST = 40;

/** Of the suspect's module if there is one, else any of the language, the nearest first. */
export async function neighbourOf(
  source: Source,
  files: Files,
  read: (file: string) => Promise<Source | null>,
): Promise<Neighbour | null> {
  const ending = posix.extname(source.file);
  const tests = (await files.files()).filter(
    (file) => isTestFile(file) && sameFamily(posix.extname(file), ending),
  );
  const ordered = tests
    .toSorted((a, b) => likeness(b, source.file) - likeness(a, source.file))
    .slice(0, MOST);
  let other: Source | null = null;
  for (const file of ordered) {
    const test = await read(file);
    if (test === null) continue;
    if (isOf(test, source)) return { ...test, isOfModule: true };
    other ??= test;
  }
  return other === null ? null : { ...other, isOfModule: false };
}

function sameFamily(a: string, b: string): boolean {
  const family = (ending: string) => (/^\.[cm]?[jt]sx?$/.test(ending) ? 'js' : ending);
  return family(a) === family(b);
}

/** Folders in common, and whether the test is named for the module. */
function likeness(test: string, file: string): number {
  const [a, b] = [test.split('/'), file.split('/')];
  const common = a.findIndex((part, at) => part !== b[at]);
  return (posix.basename(test).toLowerCase().includes(stemOf(file).toLowerCase()) ? 100 : 0) + common;
}

export function stemOf(file: string): string {
  return posix.basename(file, posix.extname(file));
}

function isOf(test: Source, source: Source): boolean {
  const stem = stemOf(source.file);
  if (source.file.endsWith('.go') || source.file.endsWith('.java')) return test.text.includes(stem);
  return importsOf(test).some((line) => new RegExp(`[/.'" ]${stem}\\b`).test(line));
}

const IMPORTS =
  /^(import_statement|import_from_statement|import_declaration|package_declaration|package_clause)$/;

/** Lines at the top that bring something in, whole statements of the source. */
export function importsOf({ root, text }: Source): readonly string[] {
  const tops = root.children.filter((node) => IMPORTS.test(node.type) || isRequire(node));
  return tops.map((node) => text.slice(node.from, node.to));
}

function isRequire(node: SyntaxNode): boolean {
  return /^(require|require_relative)\b|=\s*require\(/.test(node.text) && node.line === node.lastLine;
}

/** Names that the imports make known, as far as their words tell. */
export function importedNames(source: Source): ReadonlySet<string> {
  return new Set(importsOf(source).flatMap((line) => line.match(/[A-Za-z_$][\w$]*/g) ?? []));
}

export function wordsIn(node: SyntaxNode): readonly string[] {
  return [...nodesIn(node)]
    .filter(({ type }) => type === 'identifier' || type === 'constant')
    .map(({ text }) => text);
}
