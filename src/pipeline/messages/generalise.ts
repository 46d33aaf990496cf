import { covers } from './leaf.ts';
import { LEARNT, type Template } from './template.ts';
import { MASK } from './values.ts';

/** Words seen in one place that are still told apart: states, verbs, switches. With one more the place varies. */
const MOST_VALUES = 4;
/** Words that must agree beside it. */
const LEAST_COMMON = 2;
/** Share of words that agree in messages that are alike. */
const LIKENESS = 0.6;
/** So many alike ones vary in several places at once; states that change into one another are fewer. */
const CROWD = 20;

/** What new words and templates like them are together. */
export interface General {
  /** With `LEARNT` where they differ. */
  readonly words: readonly string[];
  /** Templates that are one with the new words; none when these are a message of their own. */
  readonly same: ReadonlySet<Template>;
}

/** Finds out which templates differ from words that belong to none of them only in what varies. */
export function generalise(templates: readonly Template[], words: readonly string[]): General {
  const same = new Set<Template>();
  let others = templates;
  for (let general = words; ; ) {
    const found = oneVarying(others, general) ?? manyVarying(others, general);
    if (found === null) return { words: general, same };
    const { places, near } = found;
    general = general.map((word, i) =>
      places.includes(i) || near.some((one) => one.words[i] === LEARNT) ? LEARNT : word,
    );
    for (const one of others) if (covers(general, one.words)) same.add(one);
    others = templates.filter((one) => !same.has(one));
  }
}

interface Varying {
  readonly places: readonly number[];
  /** Templates that differ nowhere else; at least one. */
  readonly near: readonly Template[];
}

/** A place that is a value in one of those that differ only there, or has too many words. */
function oneVarying(templates: readonly Template[], words: readonly string[]): Varying | null {
  const byPlace = new Map<number, Template[]>();
  for (const one of templates) {
    const place = onlyDifference(one.words, words);
    if (place === -1) continue;
    const near = byPlace.get(place);
    if (near === undefined) byPlace.set(place, [one]);
    else near.push(one);
  }
  for (const [place, near] of byPlace) {
    const common = words.filter((word, i) => says(word) && near.every((one) => one.words[i] === word)).length;
    const values = valuesAt(near, words, place);
    const varies = values.has(MASK) || values.size > MOST_VALUES;
    if (varies && common >= LEAST_COMMON) return { places: [place], near };
  }
  return null;
}

/** Messages with several free words have none that differs in one of them only. */
function manyVarying(templates: readonly Template[], words: readonly string[]): Varying | null {
  const alike = templates.filter((one) => one.words[0] === words[0] && isAlike(one.words, words));
  if (alike.length < CROWD) return null;
  const places = [...words.keys()].filter((i) => valuesAt(alike, words, i).size > MOST_VALUES);
  const near = alike.filter((one) =>
    one.words.every((word, i) => places.includes(i) || agree(word, words[i])),
  );
  return near.length >= MOST_VALUES ? { places, near } : null;
}

function valuesAt(templates: readonly Template[], words: readonly string[], place: number): Set<string> {
  const values = new Set(templates.map((one) => one.words[place] ?? ''));
  values.add(words[place] ?? '');
  return values;
}

/** The only place where they do not agree; -1 for none or several. */
function onlyDifference(a: readonly string[], b: readonly string[]): number {
  let place = -1;
  for (let i = 0; i < a.length; i += 1) {
    if (agree(a[i], b[i])) continue;
    if (place !== -1) return -1;
    place = i;
  }
  return place;
}

function agree(a: string | undefined, b: string | undefined): boolean {
  return a === b || a === LEARNT || b === LEARNT;
}

function says(word: string): boolean {
  return word !== MASK && word !== LEARNT && /\p{L}/u.test(word);
}

/** The template of the same kind, if there is one. */
export function kinOf(templates: readonly Template[], words: readonly string[]): Template | null {
  const nearest = closest(templates, words);
  return nearest !== null && isAlike(nearest.words, words) ? nearest : null;
}

/** The most like of those about the same, which the first word tells; null where there are none. */
export function closest(templates: readonly Template[], words: readonly string[]): Template | null {
  let best: Template | null = null;
  let most = -1;
  for (const one of templates) {
    const share = one.words[0] === words[0] ? likeness(one.words, words) : -1;
    if (share <= most) continue;
    best = one;
    most = share;
  }
  return best;
}

function isAlike(a: readonly string[], b: readonly string[]): boolean {
  return likeness(a, b) >= LIKENESS;
}

/** Share of equal words (0..1) among those that say something: two values agree without being alike. */
function likeness(a: readonly string[], b: readonly string[]): number {
  let same = 0;
  let fixed = 0;
  for (let i = 0; i < a.length; i += 1) {
    const equal = a[i] === b[i];
    if (a[i] === LEARNT || (equal && a[i] === MASK)) continue;
    fixed += 1;
    if (equal) same += 1;
  }
  return fixed === 0 ? 1 : same / fixed;
}
