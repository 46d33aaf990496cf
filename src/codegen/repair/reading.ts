import { posix } from 'node:path';
import type { Files } from '../../ports/files.ts';
import type { Parser } from '../../ports/syntax-tree.ts';
import type { Dialect } from './dialect.ts';
import { go } from './dialects/go.ts';
import { java } from './dialects/java.ts';
import { javascriptDialect } from './dialects/javascript.ts';
import { python } from './dialects/python.ts';
import { ruby } from './dialects/ruby.ts';
import type { Source } from './program.ts';
import { importsOf } from './tests/neighbour.ts';

const JAVASCRIPT = javascriptDialect('javascript');
const TYPESCRIPT = javascriptDialect('typescript');

const BY_ENDING: Readonly<Record<string, Dialect>> = {
  '.js': JAVASCRIPT,
  '.mjs': JAVASCRIPT,
  '.cjs': JAVASCRIPT,
  '.jsx': JAVASCRIPT,
  '.ts': TYPESCRIPT,
  '.mts': TYPESCRIPT,
  '.cts': TYPESCRIPT,
  '.tsx': TYPESCRIPT,
  '.py': python,
  '.go': go,
  '.java': java,
  '.rb': ruby,
};

/** Reads source files once. Null for what is not there, in no language that is known, or not whole syntax. */
export function sourceReader(files: Files, parser: Parser): (file: string) => Promise<Source | null> {
  const known = new Map<string, Promise<Source | null>>();
  const read = async (file: string): Promise<Source | null> => {
    const dialect = BY_ENDING[posix.extname(file)];
    const text = dialect === undefined ? null : await files.read(file);
    if (dialect === undefined || text === null) return null;
    const root = await parser.parse(file, text);
    return root === null || root.hasError ? null : { file, text, root, dialect };
  };
  return (file) => {
    const now = known.get(file) ?? read(file);
    known.set(file, now);
    return now;
  };
}

const MOST = 12;

/** The files of the repository that a source imports by a path, or that share its package. */
export async function importedBy(
  source: Source,
  files: Files,
  read: (file: string) => Promise<Source | null>,
): Promise<readonly Source[]> {
  const imports = importsOf(source).join('\n');
  const folder = posix.dirname(source.file);
  const isBesides = /\.(go|java)$/.test(source.file);
  const all = (await files.files()).filter((file) => {
    if (file === source.file || BY_ENDING[posix.extname(file)] !== source.dialect) return false;
    if (isBesides) return posix.dirname(file) === folder && !/(_test\.go|Test\.java)$/.test(file);
    const stem = posix.basename(file, posix.extname(file));
    return new RegExp(`[/.'"\\s]${stem.replaceAll('$', '\\$')}\\b`).test(imports);
  });
  const found = await Promise.all(all.slice(0, MOST).map(read));
  return found.filter((one) => one !== null);
}
