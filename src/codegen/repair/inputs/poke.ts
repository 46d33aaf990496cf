import type { Language } from '../../../domain/trace.ts';
import type { Step } from '../path.ts';

/** A value that stands in a variable of a test, and what has to be changed in it. */
export interface Poke {
  readonly name: string;
  readonly steps: readonly Step[];
  /** As written. */
  readonly value: string;
}

/** Statements that put the value there, in every item of the lists on the way. Null in languages whose data cannot be changed. */
export function pokeLines({ name, steps, value }: Poke, language: Language): readonly string[] | null {
  const at = steps.findIndex(({ is }) => is === 'element' || is === 'found');
  if (at === -1) {
    const place = written(name, steps, language);
    return place === null || steps.length === 0 ? null : [ended(`${place} = ${value}`, language)];
  }
  const list = written(name, steps.slice(0, at), language);
  const below = pokeLines({ name: 'each', steps: steps.slice(at + 1), value }, language);
  const [line, more] = below ?? [];
  return list === null || line === undefined || more !== undefined ? null : inEach(list, line, language);
}

function inEach(list: string, line: string, language: Language): readonly string[] | null {
  switch (language) {
    case 'javascript':
    case 'typescript':
      return [`for (const each of ${list}) ${line}`];
    case 'python':
      return [`for each in ${list}:`, `    ${line}`];
    case 'ruby':
      return [`${list}.each { |each| ${line} }`];
    case 'go':
    case 'java':
      return null;
  }
}

function ended(line: string, language: Language): string {
  return language === 'javascript' || language === 'typescript' ? `${line};` : line;
}

function written(name: string, steps: readonly Step[], language: Language): string | null {
  let text = name;
  for (const step of steps) {
    if (step.is === 'element' || step.is === 'found') return null;
    const key = language === 'ruby' ? `:${step.name}` : JSON.stringify(step.name);
    const isField = step.is === 'field' || language === 'javascript' || language === 'typescript';
    text += isField ? `.${step.name}` : `[${key}]`;
  }
  return language === 'go' || language === 'java' ? null : text;
}
