import { wordsOf } from '../../domain/words.ts';
import type { Call, Scope } from '../../ports/syntax.ts';
import type { ScopeHead } from './dialect.ts';

/** A scope that is being read. */
interface OpenScope {
  readonly kind: Scope['kind'];
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly calls: Call[];
}

/** The scopes of one file, in the order in which they begin. */
export interface Scopes {
  /** The innermost one that is open. */
  current(): OpenScope;
  open(head: ScopeHead & { readonly name: string }, range: readonly [from: number, to: number]): OpenScope;
  close(): void;
  /** The innermost one, and the class around it. */
  place(): { readonly scope: OpenScope; readonly className: string | null };
  all(): readonly Scope[];
}

export function openScopes(text: string): Scopes {
  const lines = text.split('\n');
  const file: OpenScope = { kind: 'file', name: '', from: 1, to: lines.length, calls: [] };
  const found = [file];
  const stack = [file];
  const current = (): OpenScope => stack.at(-1) ?? file;
  return {
    current,
    open(head, [from, to]) {
      const around = current();
      const inClass = around.kind === 'class';
      const owner = head.owner ?? (inClass ? around.name : '');
      const kind = head.kind === 'function' && inClass ? 'method' : head.kind;
      const name = owner === '' ? head.name : `${owner}.${head.name}`;
      const scope = { kind, name, from, to, calls: [] };
      found.push(scope);
      stack.push(scope);
      return scope;
    },
    close() {
      stack.pop();
    },
    place() {
      return {
        scope: current(),
        className: stack.findLast(({ kind }) => kind === 'class')?.name ?? null,
      };
    },
    all() {
      const words = wordsByScope(lines, found);
      return found.map(({ kind, name, from, to, calls }, at) => ({
        kind,
        name,
        from,
        to,
        calls,
        words: words[at]?.join(' ') ?? '',
      }));
    },
  };
}

/** Each line's words belong to the innermost scope around it. */
function wordsByScope(lines: readonly string[], scopes: readonly OpenScope[]): readonly string[][] {
  const owner = new Int32Array(lines.length + 1);
  for (const [at, { from, to }] of scopes.entries()) owner.fill(at, from, to + 1); // inner ones come later
  const words = scopes.map((): string[] => []);
  for (const [at, line] of lines.entries()) words[owner[at + 1] ?? 0]?.push(...wordsOf(line));
  return words;
}
