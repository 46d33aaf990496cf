import type { Pattern } from '../../ports/templates.ts';
import { type Candidate, numbered } from './candidate.ts';
import { NEXT, WORTH } from './weights.ts';

const MOST = 3;

/** Known failures that the anomaly's own words show, the deciding one first. */
export function patternItems(patterns: readonly Pattern[]): readonly Candidate[] {
  return numbered(
    'P',
    patterns.slice(0, MOST).map(({ title, cause }, i) => ({
      kind: 'pattern',
      title,
      time: null,
      text: cause,
      weight: WORTH.pattern * NEXT ** i,
    })),
  );
}
