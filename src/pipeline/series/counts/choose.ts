import { STRANGE } from '../../../detectors/calibration/refractory.ts';
import { type Judged, RISING } from './judged.ts';

/** The whole waits for a part that is rising, unless it has itself been strange for long. */
const CERTAIN = 0.9998;
/** When so many parts alert at once, it is the whole. */
const MANY = 4;

/**
 * One fault, one anomaly: of a metric that is split by a dimension either the parts that changed alert or, when many did,
 * the whole. `isOpen` tells whether a series has an open episode.
 */
export function chooseAlerts(judged: readonly Judged[], isOpen: (one: Judged) => boolean): readonly Judged[] {
  const families = Map.groupBy(judged, ({ series }) => `${series.name.kind} ${series.name.metric}`);
  return [...families.values()].flatMap((family) => ofFamily(family, isOpen));
}

function ofFamily(family: readonly Judged[], isOpen: (one: Judged) => boolean): readonly Judged[] {
  const whole = family.find(({ series }) => series.name.dimension === null) ?? null;
  const parts = family.filter(({ series }) => series.name.dimension !== null);
  // What is strange goes on with an episode that is open.
  const isTold = (one: Judged) => one.verdict.isAnomaly || (one.verdict.raw >= STRANGE && isOpen(one));
  const alerting = parts.filter(isTold);
  if (whole === null || !isTold(whole)) return alerting;
  if (isOpen(whole)) return [whole, ...alerting.filter(isOpen)];
  const alreadyOpen = alerting.filter(isOpen);
  if (alerting.length - alreadyOpen.length >= MANY) return [whole, ...alreadyOpen];
  if (alerting.length > 0) return alerting;
  const rising = parts.some((part) => part.verdict.raw >= RISING);
  return rising && whole.verdict.confidence < CERTAIN ? [] : [whole];
}
