import type { Anomaly } from '../domain/anomaly.ts';
import type { Recorded } from '../domain/sighting.ts';
import type { WorkflowPorts } from '../workflow/ports.ts';
import { follow } from '../workflow/put-job.ts';

const JOINED_EVERY_MS = 1_000;

/** Tells the world what a commit did to the anomalies. */
export interface Announcer {
  /** Never throws: a job that could not be put is found by the sweep. */
  announce(recorded: readonly Recorded[]): void;
  /** Says the counts that were held back. */
  flush(): void;
}

/** `opened` at once, with the job that follows; `returned` at once; `joined` at most once a second an anomaly, the newest count last. */
export function createAnnouncer(ports: WorkflowPorts): Announcer {
  const said = new Map<string, number>();
  const owed = new Map<string, Anomaly>();

  function flush(): void {
    const now = ports.clock.now();
    for (const [id, at] of said) if (now - at >= JOINED_EVERY_MS) said.delete(id);
    for (const [id, anomaly] of owed) {
      if (said.has(id)) continue;
      said.set(id, now);
      owed.delete(id);
      ports.bus.publish({ kind: 'anomaly', change: 'joined', anomaly });
    }
  }

  return {
    flush,
    announce(recorded) {
      for (const one of recorded) {
        if (one.change === 'joined') owed.set(one.anomaly.id, one.anomaly);
        if (one.change === 'opened') open(one.anomaly, ports);
        if (one.change === 'returned')
          ports.bus.publish({ kind: 'anomaly', change: 'returned', anomaly: one.anomaly });
      }
      flush();
    },
  };
}

function open(anomaly: Anomaly, ports: WorkflowPorts): void {
  ports.bus.publish({ kind: 'anomaly', change: 'opened', anomaly });
  follow(anomaly, ports).catch((error: unknown) =>
    ports.log.warn({ err: error, anomaly: anomaly.id }, 'the next job waits for the sweep'),
  );
}
