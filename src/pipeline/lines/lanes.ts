import { type Joined, type Joiner, joiner, type LevelOf, type Line } from './join.ts';

/**
 * The lines of one stream, joined for each of its writers by itself (a carrier names them; the stream's own lines are of
 * none). A writer has a joiner only while something of his is held: there may be thousands, and most of their lines begin nothing.
 */
export interface Lanes {
  push(line: Line, out: Out): void;
  /** Says what has been held for `ms` at `now` (epoch ms); a clock that was set back lets it go too. */
  release(now: number, ms: number, out: Out): void;
  /** The first line that is held, or null. */
  held(): Line | null;
}

type Out = (joined: Joined) => void;

const MOST_LANES = 64;
/** The stream's own, which those share that are too many. */
const OWN = '';

export function lanes(levelOf: LevelOf): Lanes {
  const busy = new Map<string, Joiner>();
  /** Holds nothing: it serves whoever has none, until it does. */
  let idle = joiner(levelOf);

  function nameOf({ carried }: Line): string {
    const writer = carried?.lane ?? OWN;
    return busy.size < MOST_LANES || busy.has(writer) ? writer : OWN;
  }

  return {
    push(line, out) {
      // A name is looked up only where there is something to find: most often nobody holds anything.
      const name = busy.size === 0 ? null : nameOf(line);
      const own = name === null ? undefined : busy.get(name);
      const lane = own ?? idle;
      lane.push(line, out);
      const isHeld = lane.held() !== null;
      if (isHeld === (own !== undefined)) return;
      if (isHeld) {
        busy.set(nameOf(line), lane);
        idle = joiner(levelOf);
      } else {
        busy.delete(nameOf(line));
        idle = lane;
      }
    },
    release(now, ms, out) {
      for (const [name, lane] of busy) {
        const waiting = lane.waitingSince();
        if (waiting === null || Math.abs(now - waiting) < ms) continue;
        lane.flush(out);
        busy.delete(name);
      }
    },
    held() {
      let first: Line | null = null;
      for (const lane of busy.values()) {
        const held = lane.held();
        if (held !== null && (first === null || held.offset < first.offset)) first = held;
      }
      return first;
    },
  };
}
