import type { Anomaly } from '../domain/anomaly.ts';
import { requireAnomaly } from './moves.ts';
import type { WorkflowPorts } from './ports.ts';

/** Keeps an anomaly silent for so long, ms, unless it becomes clearly worse; 0 lets it speak again. Tells the world. */
export async function mute(
  anomaly: Anomaly,
  forMs: number,
  ports: Pick<WorkflowPorts, 'store' | 'bus' | 'clock'>,
): Promise<Anomaly> {
  const until = forMs === 0 ? null : Math.round(ports.clock.now() + forMs);
  const muted =
    (await ports.store.muteAnomaly(anomaly.id, until)) ?? (await requireAnomaly(anomaly.id, ports));
  ports.bus.publish({ kind: 'anomaly', change: 'moved', anomaly: muted });
  return muted;
}
