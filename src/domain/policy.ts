import { type Anomaly, isOpen } from './anomaly.ts';
import type { JobKind } from './job.ts';

/** How far an anomaly goes by itself; a person can always ask for the next step. */
export type Automation = 'observe' | 'diagnose' | 'stage' | 'open-pr';

const REACH: Readonly<Record<Automation, readonly JobKind[]>> = {
  observe: [],
  diagnose: ['diagnose'],
  stage: ['diagnose', 'fix'],
  'open-pr': ['diagnose', 'fix', 'open-pr'],
};

/** What follows by itself, or null when a person decides. */
export function nextJob(anomaly: Anomaly, automation: Automation): JobKind | null {
  const next = following(anomaly);
  return next !== null && isOpen(anomaly) && REACH[automation].includes(next) ? next : null;
}

function following(anomaly: Anomaly): JobKind | null {
  switch (anomaly.status) {
    case 'detected':
    case 'diagnosing':
      return 'diagnose';
    case 'diagnosed':
    case 'fixing':
      return 'fix';
    case 'fix_ready':
      return 'open-pr';
    case 'pr_created':
    case 'resolved':
    case 'false_positive':
    case 'failed':
      return null;
  }
}
