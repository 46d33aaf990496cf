import type { Level } from '../../domain/event.ts';
import { type Fingerprinter, hashMasked, LONGEST_MESSAGE, maskText } from '../../domain/mask.ts';
import { redact } from '../../domain/redact.ts';
import { closest, generalise, kinOf } from './generalise.ts';
import { emptyLeaf, enter, type Leaf, matching, unite } from './leaf.ts';
import { splitWords, type Words } from './split.ts';
import { idOf, type Template } from './template.ts';

export interface Mined {
  readonly template: Template;
  /** No message of its kind was seen before. */
  readonly fresh: boolean;
}

/** Words and gaps are left out where it was taken into another. */
export type SavedTemplate = readonly [
  id: string,
  level: Level | null,
  kind: number,
  grown: number,
  into: number | null,
  words: readonly string[],
  gaps: readonly string[],
];

/** Bounds: templates of a source, those of one level and length, and masked messages remembered. */
const MOST_TEMPLATES = 3000;
const MOST_IN_LEAF = 200;
const MOST_CACHED = 20_000;

interface Cached {
  readonly second: number;
  readonly leaf: Leaf;
  readonly version: number;
  readonly mined: Mined;
}

interface State {
  readonly templates: Template[];
  readonly byId: Map<string, Template>;
  readonly leaves: Map<string, Leaf>;
  size: number;
  version: number;
}

/**
 * Streaming template miner. What varies by its form is masked (values.ts); what else varies is learnt: templates that
 * differ in one place are taken together once it has too many words, or a value (generalise.ts), and never split again.
 */
export class Miner {
  private readonly state: State = { templates: [], byId: new Map(), leaves: new Map(), size: 0, version: 0 };
  /** Only remembers what matching would answer: what a changed leaf said is asked again. */
  private readonly cache = new Map<number, Cached>();
  private readonly key: Fingerprinter = { first: 0, second: 0 };

  /** Templates that messages are mined as. */
  get size(): number {
    return this.state.size;
  }

  /** Changes with every template that is new or generalised. */
  get version(): number {
    return this.state.version;
  }

  /** The same words at another level are another message. */
  mine(message: string, level: Level | null): Mined {
    const { key, cache } = this;
    hashMasked(message, key);
    const first = key.first ^ levelHash(level);
    const known = cache.get(first);
    const isKnown = known?.second === key.second && known.version === known.leaf.version;
    return isKnown ? known.mined : this.match(first, message, level);
  }

  /** By index; also those that were taken into others. */
  templates(): readonly Template[] {
    return this.state.templates;
  }

  withId(id: string): Template | null {
    return this.state.byId.get(id) ?? null;
  }

  snapshot(): readonly SavedTemplate[] {
    return this.state.templates.map(save);
  }

  restore(saved: readonly SavedTemplate[]): void {
    const { state } = this;
    state.templates.length = 0;
    state.size = 0;
    state.byId.clear();
    state.leaves.clear();
    this.cache.clear();
    for (const one of saved) add(state, templateOf(one, state.templates.length));
  }

  /** A message that is not remembered; `first` is what it will be remembered by. */
  private match(first: number, message: string, level: Level | null): Mined {
    const { state, cache, key } = this;
    const words = wordsOf(message);
    const leaf = leafOf(state, level, words);
    const mined = place(state, leaf, level, words);
    const again = mined.fresh ? { template: mined.template, fresh: false } : mined;
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(first, { second: key.second, leaf, version: leaf.version, mined: again });
    return mined;
  }
}

/** Redacted before it is kept. */
function wordsOf(message: string): Words {
  return splitWords(maskText(redact(message.slice(0, LONGEST_MESSAGE))));
}

const LEVELS: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

function levelHash(level: Level | null): number {
  return Math.imul(level === null ? LEVELS.length + 1 : LEVELS.indexOf(level) + 1, 0x9e3779b1);
}

function leafOf({ leaves }: State, level: Level | null, { words }: Words): Leaf {
  const key = `${level} ${words.length}`;
  const known = leaves.get(key);
  if (known !== undefined) return known;
  const leaf = emptyLeaf();
  leaves.set(key, leaf);
  return leaf;
}

function place(state: State, leaf: Leaf, level: Level | null, { words, gaps }: Words): Mined {
  const known = matching(leaf, words) ?? generalised(state, leaf, words) ?? standIn(state, leaf, words);
  if (known !== null) return { template: known, fresh: false };
  const kin = kinOf(leaf.live, words);
  const index = state.templates.length;
  const kind = kin === null ? index : kin.kind;
  const template = { id: idOf(level, words), index, level, kind, words, gaps, grown: 0, into: null };
  add(state, template);
  return { template, fresh: kin === null };
}

/** The first of those that differ from the words only in what varies stands for all. */
function generalised(state: State, leaf: Leaf, words: readonly string[]): Template | null {
  const { words: general, same } = generalise(leaf.live, words);
  const [kept, ...others] = leaf.live.filter((one) => same.has(one));
  if (kept === undefined) return null;
  unite(leaf, kept, others, general);
  state.size -= others.length;
  state.version += 1;
  return kept;
}

/** Where there is no room for another one. */
function standIn({ templates }: State, { live }: Leaf, words: readonly string[]): Template | null {
  if (templates.length < MOST_TEMPLATES && live.length < MOST_IN_LEAF) return null;
  return closest(live, words) ?? live[0] ?? templates.find(({ into }) => into === null) ?? null;
}

function add(state: State, template: Template): void {
  state.templates.push(template);
  state.byId.set(template.id, template);
  state.version += 1;
  if (template.into !== null) return;
  state.size += 1;
  enter(leafOf(state, template.level, template), template);
}

function save({ id, level, kind, grown, into, words, gaps }: Template): SavedTemplate {
  return [id, level, kind, grown, into, into === null ? words : [], into === null ? gaps : []];
}

function templateOf([id, level, kind, grown, into, words, gaps]: SavedTemplate, index: number): Template {
  return { id, index, level, kind, grown, into, words, gaps };
}
