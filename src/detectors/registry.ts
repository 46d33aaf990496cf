import type { CountDetector, Side } from './detector.ts';
import { rate, rateOptions } from './logs/rate.ts';
import { Ensemble } from './points/ensemble.ts';
import { PointGauges } from './points/gauges.ts';
import { isolationForest } from './vectors/isolation-forest.ts';
import { lstmAutoencoder } from './vectors/lstm-autoencoder.ts';
import type { VectorGaugeMaker } from './vectors/vector.ts';
import { VectorEnsemble } from './vectors/vector-ensemble.ts';

const POINT_DETECTORS = {
  above: new Ensemble((desk) => new PointGauges(desk, 'above')),
  both: new Ensemble((desk) => new PointGauges(desk, 'both')),
};

/** Who looks at a numeric series. */
export function pointDetectors(side: Side): Ensemble {
  return POINT_DETECTORS[side];
}

/** Who looks at all metrics of a source together. */
export function sourceGauges(): readonly VectorGaugeMaker[] {
  return [isolationForest(), lstmAutoencoder()];
}

/** All of them together, of one source. */
export function sourceDetectors(): VectorEnsemble {
  return new VectorEnsemble(sourceGauges());
}

/** Traffic starts and stops for reasons of its own: its rate is judged late and only when it is many times the usual. */
const TRAFFIC = { warmUp: 100, factor: 3, least: 20 };
/** A message becomes frequent for ordinary reasons (a new phase, a new client) as well. */
const MESSAGE = { warmUp: 60, factor: 10, least: 10 };
const ERROR_MESSAGE = { warmUp: 30, factor: 4, least: 5 };

/** Who looks at how many records a source writes: only more of them is told of here. */
export function trafficDetector(): CountDetector {
  return rate(rateOptions.parse(TRAFFIC));
}

/** Who looks at how many errors, warnings or failed requests there are. */
export function troubleDetector(): CountDetector {
  return rate();
}

/** Who looks at how often one message is written. */
export function messageDetector(errorLevel: boolean): CountDetector {
  return rate(rateOptions.parse(errorLevel ? ERROR_MESSAGE : MESSAGE));
}
