import type { Surroundings } from '../../src/ports/surroundings.ts';

/** An anomaly of which nothing is known but itself. */
export const nothingAround: Surroundings = {
  around: async () => ({ records: [], hours: [], others: [] }),
  became: async () => ({ diagnosis: null, fix: null, pull: null }),
};
