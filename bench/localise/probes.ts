import { edited } from './mutate.ts';
import type { Project } from './project.ts';
import type { Edit } from './shapes/edit.ts';
import type { NamedFunction } from './syntax.ts';

/** A file whose functions say that they run; `first` is the number of the first of them. */
export function probed(
  text: string,
  functions: readonly NamedFunction[],
  first: number,
  project: Project,
): string {
  return edited(
    text,
    functions.flatMap((one, i) => probeOf(one, text, project.probe(first + i), project.separator)),
  );
}

/** The numbers of the functions that ran, from what a run wrote to stderr. */
export function ranOf(err: string): ReadonlySet<number> {
  return new Set([...err.matchAll(/@@(\d+)$/gm)].map(([, id]) => Number(id)));
}

function probeOf({ body }: NamedFunction, text: string, probe: string, separator: string): readonly Edit[] {
  if (!/block|body/.test(body.type)) return []; // an arrow function that is one expression
  const at = body.startIndex;
  if (text[at] === '{' && body.type !== 'body_statement') {
    // Nothing may stand before the call of another constructor.
    const isChained = /^\{\s*(?:\/\/.*\s*|\/\*[\s\S]*?\*\/\s*)*(?:this|super)\s*\(/.test(body.text);
    return isChained ? [] : [{ from: at + 1, to: at + 1, text: ` ${probe}${separator}` }];
  }
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return [{ from: at, to: at, text: before.trim() === '' ? `${probe}\n${before}` : `${probe}${separator}` }];
}
