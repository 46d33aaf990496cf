import type { Detector } from '../../detectors/detector.ts';
import { type FreshValue, newValue } from '../../detectors/logs/new-value.ts';
import { split } from '../../detectors/memory/parts.ts';
import type { Episodes } from '../episodes/episodes.ts';
import { valueFacts } from '../episodes/facts.ts';
import { isTime } from '../event-clock.ts';
import { judge } from '../gate.ts';
import { concat, packJson, packNumbers, unpackJson, unpackNumbers } from '../memory.ts';
import type { Observed } from '../observed.ts';
import { FewValues, type Position, type SavedPosition, type Value } from './few-values.ts';
import type { Messages, Noted } from './noteworthy.ts';

const VALUES = 'field-values';
const COUNTS = 'field-counts';

/** Tells when a field that has had few values for long has another one. */
export class FreshValues {
  private readonly source: string;
  private readonly messages: Messages;
  private readonly episodes: Episodes;
  private readonly detector: Detector<FreshValue>;
  private readonly few = new FewValues();
  private isTouched = false;
  private savedVersion = 0;

  constructor(source: string, messages: Messages, episodes: Episodes, alarmsPerDay: number) {
    this.source = source;
    this.messages = messages;
    this.episodes = episodes;
    this.detector = newValue(undefined, alarmsPerDay);
  }

  /** `now` by the source's clock. On the way of each record. */
  look(observed: Observed, noted: Noted, now: number): void {
    const { fields } = observed;
    if (fields === null || noted.template < 0) return;
    this.isTouched = true;
    this.few.look(noted.template, fields, now, (position, value) => {
      this.judge({ observed, noted, now }, position, value);
    });
  }

  changes(): ReadonlyMap<string, Uint8Array> {
    const changed = new Map<string, Uint8Array>();
    if (!this.isTouched) return changed;
    this.isTouched = false;
    changed.set(COUNTS, packNumbers(concat([this.detector.snapshot(), this.few.counts()])));
    if (this.few.version !== this.savedVersion) changed.set(VALUES, packJson(this.few.save()));
    this.savedVersion = this.few.version;
    return changed;
  }

  restore(memory: ReadonlyMap<string, Uint8Array>): void {
    const bytes = memory.get(COUNTS);
    const saved = memory.get(VALUES);
    if (bytes === undefined) return;
    const [state, counts] = split(unpackNumbers(bytes));
    if (state !== undefined) this.detector.restore(state);
    if (saved === undefined || counts === undefined) return;
    this.few.restore(unpackJson<readonly SavedPosition[]>(saved), counts);
    this.savedVersion = this.few.version;
  }

  private judge({ observed, noted, now }: Seen, position: Position, value: Value): void {
    const { field, seen, since, template } = position;
    const usual = position.values.map(String);
    const fresh = { time: now, field, value: String(value), usual, learned: seen, since };
    const verdict = judge([this.detector], fresh);
    // An anomaly of the record itself says more.
    if (!verdict.isAnomaly || noted.explained) return;
    const id = this.messages.at(template)?.id ?? '';
    const fingerprint = `value:${this.source}:${id}:${field}`;
    const { isAnomaly, confidence } = verdict;
    const facts = (sure: number) => {
      const dated = isTime(observed.timestamp) ? observed : { ...observed, timestamp: now };
      const text = this.messages.textOf(id) ?? observed.message;
      return valueFacts(dated, fingerprint, { ...verdict, confidence: sure }, text);
    };
    const size = { value: null, gap: 0, returns: false } as const;
    this.episodes.observe({ fingerprint, time: now, isAnomaly, confidence, ...size, facts });
  }
}

interface Seen {
  readonly observed: Observed;
  readonly noted: Noted;
  readonly now: number;
}
