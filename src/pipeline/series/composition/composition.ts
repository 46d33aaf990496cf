import type { Bucket } from '../../buckets/open-bucket.ts';
import type { Episodes } from '../../episodes/episodes.ts';
import { toldOccurrence } from '../../episodes/source-facts.ts';
import { type Messages, messageFingerprint } from '../../messages/noteworthy.ts';
import type { Series } from '../series.ts';
import type { Absences } from './absences.ts';
import { Missing } from './missing.ts';
import { Mixture, mixTold } from './mixture.ts';

/** Of which messages a source consists: which of them are missing, and in what mix the others come. */
export class Composition {
  private readonly source: string;
  private readonly messages: Messages;
  private readonly episodes: Episodes;
  private readonly missing: Missing;
  private readonly mixture: Mixture;
  /** Start of the bucket that is judged, epoch ms. */
  private now = 0;

  /** Is it told otherwise that there is more or less of a message? Made once: it is handed on with each bucket. */
  private readonly isExplained = (index: number): boolean => {
    const burst = messageFingerprint(this.source, this.idOf(index));
    return this.absences.isAbsent(index) || this.episodes.isOpen(burst, this.now);
  };

  constructor(source: string, messages: Messages, episodes: Episodes, alarmsPerDay: number) {
    this.source = source;
    this.messages = messages;
    this.episodes = episodes;
    this.mixture = new Mixture(alarmsPerDay, (index) => messages.textOf(this.idOf(index)) ?? '');
    this.missing = new Missing(source, messages, episodes, (index) => this.mixture.tells(index));
  }

  get absences(): Absences {
    return this.missing.absences;
  }

  /** A bucket ended. That there is more or less of a message is told once: as a burst, an absence, or another mix. */
  judge(bucket: Bucket): void {
    this.now = bucket.start;
    const changed = this.mixture.add(bucket, this.isExplained);
    if (changed !== null) this.episodes.observe(toldOccurrence(mixTold(this.source, changed)));
    this.missing.look(bucket.start, bucket.records);
  }

  changes(): ReadonlyMap<string, Uint8Array> {
    return new Map([...this.missing.changes(), ...this.mixture.changes()]);
  }

  /** After the series were. */
  restore(memory: ReadonlyMap<string, Uint8Array>, all: Iterable<Series>): void {
    this.missing.restore(memory, all);
    this.mixture.restore(memory);
  }

  private idOf(index: number): string {
    return this.messages.at(index)?.id ?? '';
  }
}
