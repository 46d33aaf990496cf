import { type Anomaly, type AnomalyState, mayMove, move } from '../domain/anomaly.ts';
import { VigilError } from '../domain/errors.ts';
import { shortId } from '../domain/ids.ts';
import type { WorkflowPorts } from './ports.ts';

type MovePorts = Pick<WorkflowPorts, 'store' | 'bus'>;

/**
 * Moves an anomaly in the store, if it still stands where we saw it, and tells the world.
 * @throws VigilError `illegal_move` when the law forbids it or somebody else was first.
 */
export async function moveTo(anomaly: Anomaly, to: AnomalyState, ports: MovePorts): Promise<Anomaly> {
  move(anomaly, to);
  const moved = await ports.store.moveAnomaly(anomaly.id, anomaly.status, to);
  if (moved === null) {
    throw new VigilError('illegal_move', {
      what: `anomaly ${shortId(anomaly.id)} was moved by somebody else meanwhile`,
    });
  }
  ports.bus.publish({ kind: 'anomaly', change: 'moved', anomaly: moved });
  return moved;
}

/** Moves back after a failure. Whatever keeps it from doing so is logged only: the failure itself is what counts. */
export async function moveBack(
  anomaly: Anomaly,
  to: AnomalyState,
  ports: MovePorts & Pick<WorkflowPorts, 'log'>,
): Promise<void> {
  if (!mayMove(anomaly.status, to.status)) return;
  try {
    await moveTo(anomaly, to, ports);
  } catch (error) {
    // A person closed it, or the store is away; the sweep frees what stays behind.
    ports.log.warn({ err: error, anomaly: anomaly.id }, 'anomaly was not moved back');
  }
}

/** @throws VigilError `unknown_id`. */
export async function requireAnomaly(id: string, ports: Pick<WorkflowPorts, 'store'>): Promise<Anomaly> {
  const anomaly = await ports.store.anomaly(id);
  if (anomaly === null) throw new VigilError('unknown_id', { what: `there is no anomaly ${shortId(id)}` });
  return anomaly;
}

/** The diagnosis that stands, whatever the status; null when there is none. */
export function diagnosisIdOf(anomaly: Anomaly): string | null {
  return 'diagnosisId' in anomaly ? anomaly.diagnosisId : null;
}
