import { failed, notApplicable, ok, type Step } from '../proof/proof-case.ts';
import { signalSeen, type Written } from './seen.ts';

/** The row of the proof: with the fault put back beneath the monitoring, is the signal emitted? */
export function monitoringCheck(written: Written): Step {
  return async ({ runs, input, parts }) => {
    const shown = await signalSeen(runs, { written, toolchain: input.toolchain.name, tests: parts.tests });
    switch (shown.seen) {
      case 'yes':
        return ok(`with the fault put back, ${shown.how}`);
      case 'no':
        return failed(`with the fault put back, ${shown.why}`);
      case 'unknown':
        return notApplicable(
          `${written.monitoring.signal} is emitted at ${placeOf(written)}; not shown: ${shown.why}`,
        );
    }
  };
}

/** The row of a fix without monitoring of ours. */
export function withoutMonitoring(why: string): Step {
  return async () => notApplicable(why);
}

function placeOf({ monitoring: { file, line } }: Written): string {
  return `${file}:${line}`;
}
