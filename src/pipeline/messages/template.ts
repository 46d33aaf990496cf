import type { Level } from '../../domain/event.ts';
import { textOfWords, type Words } from './split.ts';
import { MASK } from './values.ts';

/** A message without what varies. */
export interface Template extends Words {
  /** Stable: made of the words that the template had first. */
  readonly id: string;
  /** Position in order of first sight. */
  readonly index: number;
  readonly level: Level | null;
  /** Index of the first template of its kind, perhaps its own: those of one kind differ in few words. */
  readonly kind: number;
  /** Redacted; `<*>` for what varies by its form, `LEARNT` where words were seen to vary. Replaced as a whole. */
  words: readonly string[];
  /** How often others turned out to be the same message. */
  grown: number;
  /** Index of the template that it turned out to be the same as; null while messages are mined as this one. */
  into: number | null;
}

/** A place where a word varies though nothing in its form says so: any word matches. */
export const LEARNT = '<?>';

/** For people. */
export function templateText({ words, gaps }: Words): string {
  return textOfWords({ words: words.map((word) => (word === LEARNT ? MASK : word)), gaps });
}

/** The template that messages of this one are mined as now. */
export function standing(templates: readonly Template[], template: Template): Template {
  let now = template;
  while (now.into !== null) now = templates[now.into] ?? now;
  return now;
}

export function idOf(level: Level | null, words: readonly string[]): string {
  let first = 0x811c9dc5;
  let second = 0x1000193;
  for (const char of `${level} ${words.join(' ')}`) {
    const code = char.charCodeAt(0);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ code, 0x85ebca6b) ^ (second >>> 13);
  }
  return `${(first >>> 0).toString(36)}${(second >>> 0).toString(36)}`;
}
