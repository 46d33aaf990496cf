import { type Mix, type MixDetector, mix } from '../../../detectors/logs/mix.ts';
import { classify, type Reading } from '../../../domain/detection.ts';
import type { Bucket } from '../../buckets/open-bucket.ts';
import { Tally } from '../../buckets/tally.ts';
import type { Told } from '../../episodes/source-facts.ts';
import { packNumbers, unpackNumbers } from '../../memory.ts';

/** Records, and ms, that make a window. */
const LEAST_RECORDS = 200;
const LEAST_MS = 60_000;
/** As sure as this that a window is strange, it goes on with what was told. */
const STRANGE = 0.9;
const NOBODY = -1;
const PART = 'mix';

/** What a source writes differs from what it usually writes. */
export interface Changed {
  readonly time: number;
  /** Index of the template that differs most. */
  readonly most: number;
  readonly reading: Reading;
}

/** Gathers buckets into windows, and tells once when their mix of messages changes. */
export class Mixture {
  private readonly detector: MixDetector;
  private readonly textOf: (index: number) => string;
  private readonly counts = new Tally();
  private records = 0;
  private began = 0;
  /** The template that differed most when a change was told, or explained; while it lasts. */
  private told = NOBODY;
  private isChanged = false;

  constructor(alarmsPerDay: number, textOf: (index: number) => string) {
    this.detector = mix(undefined, alarmsPerDay);
    this.textOf = textOf;
  }

  /** A bucket ended. Of a change that something else explains nothing is said, as long as it lasts. */
  add(bucket: Bucket, isExplained: (index: number) => boolean): Changed | null {
    this.isChanged = true;
    if (this.records === 0) this.began = bucket.start;
    const { messages } = bucket;
    for (let place = 0; place < messages.size; place += 1) {
      const index = messages.at(place);
      const count = messages.of(index);
      this.counts.add(index, count);
      this.records += count;
    }
    if (this.records < LEAST_RECORDS || bucket.start - this.began < LEAST_MS) return null;
    const window: Mix = { time: bucket.start, counts: new Map(this.counts.entries()), textOf: this.textOf };
    const changed = this.judge(window, isExplained);
    this.detector.learn(window);
    this.counts.clear();
    this.records = 0;
    return changed;
  }

  /** Was a change told that is a change of this template? */
  tells(index: number): boolean {
    return this.told === index;
  }

  changes(): ReadonlyMap<string, Uint8Array> {
    if (!this.isChanged) return new Map();
    this.isChanged = false;
    const counts = this.counts.entries().flat();
    const own = [this.records, this.began, this.told, this.counts.size, ...counts];
    return new Map([[PART, packNumbers(Float64Array.of(...own, ...this.detector.snapshot()))]]);
  }

  restore(memory: ReadonlyMap<string, Uint8Array>): void {
    const bytes = memory.get(PART);
    if (bytes === undefined) return;
    const numbers = unpackNumbers(bytes);
    const [records = 0, began = 0, told = NOBODY, size = 0] = numbers;
    const end = 4 + 2 * size;
    this.counts.clear();
    for (let at = 4; at < end; at += 2) this.counts.add(numbers[at] ?? 0, numbers[at + 1] ?? 0);
    Object.assign(this, { records, began, told });
    this.detector.restore(numbers.subarray(end));
  }

  private judge(window: Mix, isExplained: (index: number) => boolean): Changed | null {
    const reading = this.detector.score(window);
    if (reading === null || reading.score < STRANGE) {
      this.told = NOBODY;
      return null;
    }
    if (this.told !== NOBODY || !classify(reading.score)) return null;
    const most = this.detector.most(window);
    this.told = most;
    return isExplained(most) ? null : { time: window.time, most, reading };
  }
}

export function mixTold(source: string, { time, reading }: Changed): Told {
  const { evidence } = reading;
  const [template, share, usual] =
    evidence.kind === 'mix' ? [evidence.template, evidence.share, evidence.usualShare] : ['', 0, 0];
  return {
    source,
    kind: 'log',
    fingerprint: `mix:${source}`,
    time,
    reading,
    severity: 'low',
    what: `Other messages than usual: ${percent(share)} of all (usually ${percent(usual)}) are: ${template}`,
    template,
  };
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))}%`;
}
