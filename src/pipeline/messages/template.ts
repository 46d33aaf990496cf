import type { Level } from '../../domain/event.ts';
import { redact } from '../../domain/redact.ts';
import { type Fingerprinter, hashMasked, LONGEST_MESSAGE, maskText } from './mask.ts';

/** A message without what varies. */
export interface Template {
  /** Stable: made of the text that the template had first. */
  readonly id: string;
  /** Position in order of first sight. */
  readonly index: number;
  readonly level: Level | null;
  /** Redacted, what varies as `<*>`; replaced as a whole when more turns out to vary. */
  tokens: readonly string[];
}

export interface Mined {
  readonly template: Template;
  readonly fresh: boolean;
}

/** Streaming template miner: a prefix tree of fixed depth (Drain; He et al. 2017) behind a cache of masked messages. */
export interface Miner {
  /** The same words at another level are another message. */
  mine(message: string, level: Level | null): Mined;
  readonly size: number;
  templates(): readonly Template[];
  /** Changes with every template that is new or generalised. */
  readonly version: number;
  snapshot(): readonly SavedTemplate[];
  restore(templates: readonly SavedTemplate[]): void;
}

export type SavedTemplate = readonly [id: string, level: Level | null, tokens: readonly string[]];

/** Bounds: templates of a source, templates of one length and first word, masked messages remembered. */
const MOST_TEMPLATES = 2000;
const MOST_IN_LEAF = 100;
const MOST_CACHED = 20_000;
/** Share of the words that must agree. */
const LIKENESS = 0.6;

interface Cached {
  readonly second: number;
  readonly version: number;
  readonly mined: Mined;
}

interface State {
  readonly templates: Template[];
  readonly leaves: Map<string, Template[]>;
  version: number;
}

export function miner(): Miner {
  const state: State = { templates: [], leaves: new Map(), version: 0 };
  // Only remembers what matching would answer: an entry of an older version is matched again.
  const cache = new Map<number, Cached>();
  const key: Fingerprinter = { first: 0, second: 0 };
  return {
    mine(message, level) {
      hashMasked(message, key);
      const first = key.first ^ levelHash(level);
      const { second } = key;
      const known = cache.get(first);
      if (known !== undefined && known.second === second && known.version === state.version)
        return known.mined;
      const mined = match(state, message, level);
      if (cache.size >= MOST_CACHED) cache.clear();
      cache.set(first, { second, version: state.version, mined: { template: mined.template, fresh: false } });
      return mined;
    },
    get size() {
      return state.templates.length;
    },
    get version() {
      return state.version;
    },
    templates: () => state.templates,
    snapshot: () => state.templates.map(({ id, level, tokens }) => [id, level, tokens] as const),
    restore(saved) {
      state.templates.length = 0;
      state.leaves.clear();
      cache.clear();
      for (const [id, level, tokens] of saved) add(state, id, level, tokens);
    },
  };
}

function match(state: State, message: string, level: Level | null): Mined {
  const tokens = tokensOf(message);
  const leaf = state.leaves.get(leafKey(level, tokens)) ?? [];
  const [best, likeness] = closest(leaf, tokens);
  if (best !== null && likeness >= LIKENESS) {
    const merged = merge(best.tokens, tokens);
    if (merged !== best.tokens) state.version += 1;
    best.tokens = merged;
    return { template: best, fresh: false };
  }
  const full = state.templates.length >= MOST_TEMPLATES || leaf.length >= MOST_IN_LEAF;
  const stand = full ? (best ?? state.templates[0]) : undefined;
  if (stand !== undefined) return { template: stand, fresh: false };
  return { template: add(state, idOf(level, tokens), level, tokens), fresh: true };
}

function add(state: State, id: string, level: Level | null, tokens: readonly string[]): Template {
  const template: Template = { id, index: state.templates.length, level, tokens };
  state.templates.push(template);
  const leaf = leafKey(level, tokens);
  state.leaves.set(leaf, [...(state.leaves.get(leaf) ?? []), template]);
  state.version += 1;
  return template;
}

/** Text of a template for people. */
export function templateText(template: Template): string {
  return template.tokens.join(' ');
}

/** Redacted before it is kept, then masked and cut at blanks. */
function tokensOf(message: string): readonly string[] {
  const text = redact(message.length > LONGEST_MESSAGE ? message.slice(0, LONGEST_MESSAGE) : message);
  return maskText(text).trim().split(/\s+/);
}

const LEVELS: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

function levelHash(level: Level | null): number {
  return Math.imul(level === null ? LEVELS.length + 1 : LEVELS.indexOf(level) + 1, 0x9e3779b1);
}

/** Level, length and first fixed word. A generalised template stays where it was put: its first word never varies. */
function leafKey(level: Level | null, tokens: readonly string[]): string {
  return `${level} ${tokens.length} ${tokens[0] ?? ''}`;
}

function closest(leaf: readonly Template[], tokens: readonly string[]): readonly [Template | null, number] {
  let best: Template | null = null;
  let most = -1;
  for (const template of leaf) {
    const likeness = likenessOf(template.tokens, tokens);
    if (likeness > most) {
      best = template;
      most = likeness;
    }
  }
  return [best, most];
}

/** Share of equal words among those that say something: two masked words agree without being alike. */
function likenessOf(template: readonly string[], tokens: readonly string[]): number {
  let same = 0;
  let fixed = 0;
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i];
    const equal = template[i] === token;
    if (equal && token === '<*>') continue;
    fixed += 1;
    if (equal) same += 1;
  }
  return fixed === 0 ? 1 : same / fixed;
}

/** The template's own tokens where nothing new varies. */
function merge(template: readonly string[], tokens: readonly string[]): readonly string[] {
  const differs = tokens.some((token, i) => template[i] !== '<*>' && template[i] !== token);
  return differs ? template.map((token, i) => (i > 0 && token !== tokens[i] ? '<*>' : token)) : template;
}

function idOf(level: Level | null, tokens: readonly string[]): string {
  let first = 0x811c9dc5;
  let second = 0x1000193;
  for (const char of `${level} ${tokens.join(' ')}`) {
    const code = char.charCodeAt(0);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ code, 0x85ebca6b) ^ (second >>> 13);
  }
  return `${(first >>> 0).toString(36)}${(second >>> 0).toString(36)}`;
}
