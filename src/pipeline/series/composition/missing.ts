import type { Episodes } from '../../episodes/episodes.ts';
import { duration, type Told, toldOccurrence } from '../../episodes/source-facts.ts';
import { packJson, unpackJson } from '../../memory.ts';
import { type Messages, messageFingerprint } from '../../messages/noteworthy.ts';
import type { Series } from '../series.ts';
import { Absences, type Absent, type Standing } from './absences.ts';

/** What stopped at about the same time stopped for the same reason: so many usual gaps apart, or so many ms. */
const SAME_GAPS = 4;
const SAME_MS = 600_000;
const PART = 'absences';

/** The last fault that made messages stop. */
interface Fault {
  readonly fingerprint: string;
  /** When the first of them came last, epoch ms. */
  readonly began: number;
}

type Saved = readonly [records: number, fault: Fault | null];

/** Tells of messages that do not come any more: one anomaly, however many stopped together. */
export class Missing {
  readonly absences = new Absences();
  private readonly source: string;
  private readonly messages: Messages;
  private readonly episodes: Episodes;
  /** Was it told of this template that there is more or less of it? */
  private readonly isTold: (index: number) => boolean;
  private fault: Fault | null = null;
  private savedRecords = 0;

  constructor(source: string, messages: Messages, episodes: Episodes, isTold: (index: number) => boolean) {
    this.isTold = isTold;
    this.source = source;
    this.messages = messages;
    this.episodes = episodes;
  }

  /** A bucket ended that had so many records, at `time`. */
  look(time: number, records: number): void {
    this.absences.records += records;
    if (!this.absences.isDue(time)) return;
    for (const one of this.absences.look(time, (series, index) => this.standing(series, index, time)))
      this.tell(one);
  }

  changes(): ReadonlyMap<string, Uint8Array> {
    const { records } = this.absences;
    if (records === this.savedRecords) return new Map();
    this.savedRecords = records;
    const saved: Saved = [records, this.fault];
    return new Map([[PART, packJson(saved)]]);
  }

  /** After the series were. */
  restore(memory: ReadonlyMap<string, Uint8Array>, all: Iterable<Series>): void {
    const bytes = memory.get(PART);
    const [records, fault] = bytes === undefined ? [0, null] : unpackJson<Saved>(bytes);
    this.fault = fault;
    this.savedRecords = records;
    this.absences.restore(records, all);
  }

  private standing(series: Series, index: number, time: number): Standing {
    const { metric } = series.name;
    if (this.messages.at(index)?.id !== metric || this.isTold(index)) return 'told';
    return this.episodes.isOpen(messageFingerprint(this.source, metric), time) ? 'explained' : 'expected';
  }

  private tell(absent: Absent): void {
    const told = this.told(absent);
    const occurrence = toldOccurrence(told);
    if (this.fault !== null && isSame(this.fault, absent)) {
      const { fingerprint } = this.fault;
      this.episodes.observe({ ...occurrence, fingerprint, isAnomaly: false });
      return;
    }
    this.fault = { fingerprint: told.fingerprint, began: absent.last };
    this.episodes.observe(occurrence);
  }

  private told({ series, time, last, usualMs, reading }: Absent): Told {
    const { metric } = series.name;
    const template = this.messages.textOf(metric) ?? '';
    return {
      source: this.source,
      kind: 'log',
      fingerprint: messageFingerprint(this.source, metric).replace('log:', 'absence:'),
      time,
      reading,
      severity: 'medium',
      what: `Message not written for ${duration(time - last)} (usually every ${duration(usualMs)}): ${template}`,
      template,
    };
  }
}

function isSame({ began }: Fault, { last, usualMs }: Absent): boolean {
  return Math.abs(last - began) <= Math.max(SAME_MS, SAME_GAPS * usualMs);
}
