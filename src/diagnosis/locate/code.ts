import type { Repository } from '../../ports/repository.ts';
import type { Block, CodeIndex, Scope, Syntax } from '../../ports/syntax.ts';
import { type Module, modulesOf } from './modules.ts';
import { isAside } from './source-text.ts';

/** Where a function or method is defined. */
export interface Definition {
  readonly file: string;
  readonly scope: Scope;
}

/** A repository and what its source says. */
export interface Code {
  readonly repository: Repository;
  readonly index: CodeIndex;
  /** Functions and methods by their bare names; those of tests and generated code are left out. */
  readonly definitions: ReadonlyMap<string, readonly Definition[]>;
  /** By path. */
  readonly modules: ReadonlyMap<string, Module>;
}

const NOT_READ: CodeIndex = { outlines: new Map(), skipped: [] };

/** Without syntax, files can be shown and searched, but nothing is known of what stands in them. */
export async function readCode(repository: Repository, syntax: Syntax | null): Promise<Code> {
  const index = syntax === null ? NOT_READ : await syntax.index(repository);
  return { repository, index, definitions: definitionsOf(index), modules: modulesOf(index) };
}

/** The innermost function, method or class around a line; null at the top level and in files that are not read. */
export function enclosingScope({ index }: Code, file: string, line: number): Scope | null {
  const scopes = index.outlines.get(file)?.scopes ?? [];
  return scopes.findLast(({ kind, from, to }) => kind !== 'file' && from <= line && line <= to) ?? null;
}

/** The outermost unnamed function or block around a line, within the function around it; null where there is none. */
export function enclosingBlock({ index }: Code, file: string, line: number, scope: Scope): Block | null {
  const blocks = index.outlines.get(file)?.blocks ?? [];
  return (
    blocks.find(({ from, to }) => scope.from <= from && to <= scope.to && from <= line && line <= to) ?? null
  );
}

/** A file is imported by another, as far as their names tell. */
export function isImported({ modules }: Code, from: string, file: string): boolean {
  const imports = modules.get(from)?.imports;
  return imports !== undefined && (modules.get(file)?.names.some((name) => imports.has(name)) ?? false);
}

/** `total` of `Cart.total`, `new Cart` and `this.cart.total`. */
export function bareName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replace(/^new /, '');
}

function definitionsOf({ outlines }: CodeIndex): ReadonlyMap<string, readonly Definition[]> {
  const all = [...outlines].flatMap(([file, { scopes }]) =>
    isAside(file) ? [] : scopes.filter(isCallable).map((scope) => ({ file, scope })),
  );
  return Map.groupBy(all, ({ scope }) => calledAs(scope.name));
}

const CONSTRUCTORS = new Set(['constructor', '__init__', 'initialize']);

/** A constructor is called by the name of its class. */
function calledAs(name: string): string {
  const bare = bareName(name);
  return CONSTRUCTORS.has(bare) ? bareName(name.slice(0, -bare.length - 1)) : bare;
}

export function isCallable({ kind }: Scope): boolean {
  return kind === 'function' || kind === 'method';
}
