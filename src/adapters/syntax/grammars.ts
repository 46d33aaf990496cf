import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';
import type { Dialect } from './dialect.ts';
import { go } from './dialects/go.ts';
import { java } from './dialects/java.ts';
import { javascript } from './dialects/javascript.ts';
import { python } from './dialects/python.ts';
import { ruby } from './dialects/ruby.ts';

interface Grammar {
  /** Path of its WebAssembly: package and file. The build copies the file beside the compiled program. */
  readonly wasm: `${string}/${string}.wasm`;
  readonly endings: readonly string[];
  readonly dialect: Dialect;
}

export const GRAMMARS = {
  javascript: {
    wasm: 'tree-sitter-javascript/tree-sitter-javascript.wasm',
    endings: ['js', 'mjs', 'cjs', 'jsx'],
    dialect: javascript,
  },
  typescript: {
    wasm: 'tree-sitter-typescript/tree-sitter-typescript.wasm',
    endings: ['ts', 'mts', 'cts'],
    dialect: javascript,
  },
  tsx: {
    wasm: 'tree-sitter-typescript/tree-sitter-tsx.wasm',
    endings: ['tsx'],
    dialect: javascript,
  },
  python: { wasm: 'tree-sitter-python/tree-sitter-python.wasm', endings: ['py'], dialect: python },
  go: { wasm: 'tree-sitter-go/tree-sitter-go.wasm', endings: ['go'], dialect: go },
  java: { wasm: 'tree-sitter-java/tree-sitter-java.wasm', endings: ['java'], dialect: java },
  ruby: {
    wasm: 'tree-sitter-ruby/tree-sitter-ruby.wasm',
    endings: ['rb', 'rake', 'ru'],
    dialect: ruby,
  },
} as const satisfies Readonly<Record<string, Grammar>>;

export type GrammarName = keyof typeof GRAMMARS;

const BY_ENDING: ReadonlyMap<string, GrammarName> = new Map(
  grammarNames().flatMap((name) => GRAMMARS[name].endings.map((ending) => [ending, name] as const)),
);

/** The grammar of a file by the end of its name; null for a language without one. */
export function grammarOf(file: string): GrammarName | null {
  return BY_ENDING.get(file.slice(file.lastIndexOf('.') + 1)) ?? null;
}

const loaded = new Map<GrammarName, Promise<Language>>();

/** A grammar, loaded when first asked for. */
export function loadGrammar(name: GrammarName): Promise<Language> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const language = Parser.init().then(() => Language.load(pathOf(GRAMMARS[name].wasm)));
  loaded.set(name, language);
  return language;
}

/** In `dist/grammars` once the program is built; in the grammar's own package in a checkout. */
function pathOf(wasm: string): string {
  const built = join(import.meta.dirname, '../../../grammars', wasm.slice(wasm.indexOf('/') + 1));
  return existsSync(built) ? built : createRequire(import.meta.url).resolve(wasm);
}

function grammarNames(): readonly GrammarName[] {
  return ['javascript', 'typescript', 'tsx', 'python', 'go', 'java', 'ruby'];
}
