import type { Progress } from '../../src/ports/store.ts';

/** A commit in which nothing happened, but for what is given. */
export function progressOf(changes: Partial<Progress>): Progress {
  return {
    source: 'app',
    cursors: [],
    endedStreams: [],
    memory: new Map(),
    sightings: [],
    dead: [],
    rollups: [],
    kept: [],
    events: 0,
    dropped: 0,
    at: 0,
    ...changes,
  };
}
