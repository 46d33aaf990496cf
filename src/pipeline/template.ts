import { redact } from '../domain/redact.ts';
import { type Fingerprinter, hashMasked, LONGEST_MESSAGE, maskText } from './mask.ts';

/** A message without what varies. */
export interface Template {
  /** Stable: made of the text that the template had first. */
  readonly id: string;
  /** Position in order of first sight. */
  readonly index: number;
  /** Redacted, what varies as `<*>`; replaced as a whole when more turns out to vary. */
  tokens: readonly string[];
}

export interface Mined {
  readonly template: Template;
  readonly fresh: boolean;
}

/** Streaming template miner: a prefix tree of fixed depth (Drain; He et al. 2017) behind a cache of masked messages. */
export interface Miner {
  mine(message: string): Mined;
  readonly size: number;
  templates(): readonly Template[];
  /** Changes with every template that is new or generalised. */
  readonly version: number;
  snapshot(): readonly (readonly [id: string, tokens: readonly string[]])[];
  restore(templates: readonly (readonly [id: string, tokens: readonly string[]])[]): void;
}

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

export function miner(): Miner {
  const templates: Template[] = [];
  const leaves = new Map<string, Template[]>();
  // Only remembers what matching would answer: an entry of an older version is matched again.
  const cache = new Map<number, Cached>();
  const key: Fingerprinter = { first: 0, second: 0 };
  let version = 0;

  function add(id: string, tokens: readonly string[]): Template {
    const template: Template = { id, index: templates.length, tokens };
    templates.push(template);
    const leaf = leafKey(tokens);
    leaves.set(leaf, [...(leaves.get(leaf) ?? []), template]);
    version += 1;
    return template;
  }

  function match(message: string): Mined {
    const tokens = tokensOf(message);
    const leaf = leaves.get(leafKey(tokens)) ?? [];
    const [best, likeness] = closest(leaf, tokens);
    if (best !== null && likeness >= LIKENESS) {
      const merged = merge(best.tokens, tokens);
      if (merged !== best.tokens) {
        best.tokens = merged;
        version += 1;
      }
      return { template: best, fresh: false };
    }
    if (templates.length >= MOST_TEMPLATES || leaf.length >= MOST_IN_LEAF) {
      return { template: best ?? templates[0] ?? add(idOf(tokens), tokens), fresh: false };
    }
    return { template: add(idOf(tokens), tokens), fresh: true };
  }

  return {
    mine(message) {
      hashMasked(message, key);
      const { first, second } = key;
      const known = cache.get(first);
      if (known !== undefined && known.second === second && known.version === version) return known.mined;
      const mined = match(message);
      if (cache.size >= MOST_CACHED) cache.clear();
      cache.set(first, { second, version, mined: { template: mined.template, fresh: false } });
      return mined;
    },
    get size() {
      return templates.length;
    },
    get version() {
      return version;
    },
    templates: () => templates,
    snapshot: () => templates.map(({ id, tokens }) => [id, tokens] as const),
    restore(saved) {
      templates.length = 0;
      leaves.clear();
      cache.clear();
      for (const [id, tokens] of saved) add(id, tokens);
    },
  };
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

/** Length and first fixed word. A generalised template stays where it was put: its first word never varies. */
function leafKey(tokens: readonly string[]): string {
  return `${tokens.length} ${tokens[0] ?? ''}`;
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

function likenessOf(template: readonly string[], tokens: readonly string[]): number {
  let same = 0;
  for (let i = 0; i < tokens.length; i += 1) if (template[i] === tokens[i]) same += 1;
  return same / tokens.length;
}

/** The template's own tokens where nothing new varies. */
function merge(template: readonly string[], tokens: readonly string[]): readonly string[] {
  const differs = tokens.some((token, i) => template[i] !== '<*>' && template[i] !== token);
  return differs ? template.map((token, i) => (i > 0 && token !== tokens[i] ? '<*>' : token)) : template;
}

function idOf(tokens: readonly string[]): string {
  let first = 0x811c9dc5;
  let second = 0x1000193;
  for (const char of tokens.join(' ')) {
    const code = char.charCodeAt(0);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ code, 0x85ebca6b) ^ (second >>> 13);
  }
  return `${(first >>> 0).toString(36)}${(second >>> 0).toString(36)}`;
}
