import { ALONE, type Alongside, type Companion } from '../../../domain/companion.ts';
import type { Episodes, Occurrence } from '../../episodes/episodes.ts';
import { packJson, unpackJson } from '../../memory.ts';

/** Who turns abnormal so soon after another opened its episode belongs to the same fault, ms of event time. */
const WINDOW_MS = 5 * 60_000;

const PART = 'companions';

/** Where an occurrence was counted. */
export interface Counted {
  /** Of the episode: its own, or that of the series which it follows. */
  readonly fingerprint: string;
  readonly confidence: number;
}

interface Leader {
  readonly fingerprint: string;
  /** Event time, epoch ms. */
  readonly openedAt: number;
  /** How many follow it. */
  count: number;
}

interface Saved {
  readonly leader: Leader | null;
  readonly followers: readonly (readonly [follower: string, leader: string])[];
}

/**
 * One fault of a source with many metrics is one anomaly: the series of points that opens an episode leads, and those that turn
 * abnormal within five minutes of that follow it. As long as its episode is open, what is strange of them counts there.
 */
export class Companions {
  private readonly episodes: Episodes;
  /** The last that opened an episode: nobody else's can be younger than the window. */
  private leader: Leader | null = null;
  /** By fingerprint, the fingerprint of whom it follows. */
  private readonly followers = new Map<string, string>();
  private isChanged = false;

  constructor(episodes: Episodes) {
    this.episodes = episodes;
  }

  /** Is the series in an episode, its own or another's? */
  isAbnormal(fingerprint: string, time: number): boolean {
    return this.episodes.isOpen(fingerprint, time) || this.leaderOf(fingerprint, time) !== null;
  }

  /** As `Episodes.observe`, for a series of points: what opens an episode leads from now on. */
  observe(occurrence: Occurrence, companion: Companion): Counted | null {
    const followed = this.follow(occurrence, companion);
    if (followed !== null) return followed;
    const { fingerprint, time } = occurrence;
    const wasOpen = this.episodes.isOpen(fingerprint, time);
    const confidence = this.episodes.observe(occurrence);
    if (confidence === null) return null;
    if (!wasOpen) this.lead({ fingerprint, openedAt: time, count: 0 });
    return { fingerprint, confidence };
  }

  changes(): ReadonlyMap<string, Uint8Array> {
    if (!this.isChanged) return new Map();
    this.isChanged = false;
    const saved: Saved = { leader: this.leader, followers: [...this.followers] };
    return new Map([[PART, packJson(saved)]]);
  }

  restore(memory: ReadonlyMap<string, Uint8Array>): void {
    const bytes = memory.get(PART);
    if (bytes === undefined) return;
    const { leader, followers } = unpackJson<Saved>(bytes);
    this.leader = leader;
    this.followers.clear();
    for (const [follower, followed] of followers) this.followers.set(follower, followed);
  }

  /** Counts it in the episode of whom it follows, or begins to follow; null when it goes its own way. */
  private follow(occurrence: Occurrence, companion: Companion): Counted | null {
    const { fingerprint, time } = occurrence;
    if (this.episodes.isOpen(fingerprint, time)) return null;
    const known = this.leaderOf(fingerprint, time);
    if (known !== null) return this.join(known, occurrence, ALONE);
    const leader = occurrence.isAnomaly ? this.leaderAt(time) : null;
    if (leader === null) return null;
    this.followers.set(fingerprint, leader.fingerprint);
    leader.count += 1;
    this.isChanged = true;
    return this.join(leader.fingerprint, occurrence, { series: [companion], count: leader.count });
  }

  private lead(leader: Leader): void {
    this.leader = leader;
    this.isChanged = true;
    // Whoever led before may lead again, and then to others.
    for (const [follower, followed] of this.followers) {
      const isOver = followed === leader.fingerprint || !this.episodes.isOpen(followed, leader.openedAt);
      if (isOver || follower === leader.fingerprint) this.followers.delete(follower);
    }
  }

  private leaderOf(follower: string, time: number): string | null {
    const leader = this.followers.get(follower);
    return leader !== undefined && this.episodes.isOpen(leader, time) ? leader : null;
  }

  /** Whom a series that turns abnormal at `time` follows. The points of one scrape come in any order: a little before is after, too. */
  private leaderAt(time: number): Leader | null {
    if (this.leader === null || Math.abs(time - this.leader.openedAt) > WINDOW_MS) return null;
    return this.episodes.isOpen(this.leader.fingerprint, time) ? this.leader : null;
  }

  private join(fingerprint: string, occurrence: Occurrence, alongside: Alongside): Counted | null {
    const confidence = this.episodes.join(fingerprint, occurrence, alongside);
    return confidence === null ? null : { fingerprint, confidence };
  }
}
