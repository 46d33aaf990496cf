import type { Language } from '../../domain/trace.ts';
import type { Emission, Wanted } from './emission.ts';
import { emitGo } from './emit/go.ts';
import { emitJava } from './emit/java.ts';
import { emitJavaScript } from './emit/javascript.ts';
import { emitPython } from './emit/python.ts';
import { emitRuby } from './emit/ruby.ts';

/** What was violated, for people and as words of a name. */
export interface Signal {
  /** At most 48 characters of `[a-z0-9_]`, stable for the same function and error. */
  readonly slug: string;
  readonly help: string;
}

/** `order.total` and `TypeError` make `order_total_type_error`. */
export function signalOf(routine: string, errorType: string | null): Signal {
  const error = errorType?.split(/[.:]+/).at(-1) ?? null;
  const words = snake(`${routine}_${error ?? 'guard'}`);
  return {
    slug: words.slice(0, 48).replace(/_+$/, ''),
    help: error === null ? `What ${routine} guards against happened` : `${error} in ${routine}`,
  };
}

function snake(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}

const EMITTERS: Readonly<Record<Language, (wanted: Wanted) => Emission>> = {
  javascript: emitJavaScript,
  typescript: emitJavaScript,
  python: emitPython,
  go: emitGo,
  java: emitJava,
  ruby: emitRuby,
};

export function emissionIn(language: Language, wanted: Wanted): Emission {
  return EMITTERS[language](wanted);
}
