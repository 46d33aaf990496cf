import fc from 'fast-check';
import type { Count } from '../../src/detectors/detector.ts';
import { absence } from '../../src/detectors/logs/absence.ts';
import { exception } from '../../src/detectors/logs/exception.ts';
import { mix } from '../../src/detectors/logs/mix.ts';
import { newTemplate } from '../../src/detectors/logs/new-template.ts';
import { newValue } from '../../src/detectors/logs/new-value.ts';
import { rate } from '../../src/detectors/logs/rate.ts';
import { silence } from '../../src/detectors/logs/silence.ts';
import { FlatLine } from '../../src/detectors/points/flat-line.ts';
import { Iqr } from '../../src/detectors/points/iqr.ts';
import { MovingAverage } from '../../src/detectors/points/moving-average.ts';
import { Seasonality } from '../../src/detectors/points/seasonality.ts';
import { Spread } from '../../src/detectors/points/spread.ts';
import { ZScore } from '../../src/detectors/points/z-score.ts';
import { isolationForest } from '../../src/detectors/vectors/isolation-forest.ts';
import { lstmAutoencoder } from '../../src/detectors/vectors/lstm-autoencoder.ts';
import { missingData } from '../../src/detectors/vectors/missing-data.ts';
import type { Vector } from '../../src/detectors/vectors/vector.ts';
import { calibrated, calibratedVector } from '../support/calibrated.ts';
import { T0 } from '../support/log-lines.ts';
import { anyNumber, anyTime, detectorContract } from './detector.ts';

const counts: fc.Arbitrary<Count> = fc.record({
  time: anyTime,
  value: anyNumber,
  weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
  exposure: fc.double({ min: 1, max: 50, noNaN: true }),
  bucketMs: fc.constantFrom(1000, 10_000),
});

const numeric = {
  inputs: counts,
  unlike: (n: number): Count => ({
    time: T0 + n * 1000,
    value: ((n * 7919) % 100_003) * 1.37 ** (n % 40),
    weight: 1,
    exposure: 1,
    bucketMs: 1000,
  }),
};

for (const side of ['above', 'both'] as const) {
  detectorContract({
    name: `z-score, ${side}`,
    create: calibrated((desk) => new ZScore(desk, side)),
    ...numeric,
  });
  detectorContract({ name: `iqr, ${side}`, create: calibrated((desk) => new Iqr(desk, side)), ...numeric });
  detectorContract({
    name: `moving-average, ${side}`,
    create: calibrated((desk) => new MovingAverage(desk, side, 6)),
    ...numeric,
  });
  detectorContract({
    name: `seasonality, ${side}`,
    create: calibrated((desk) => new Seasonality(desk, side)),
    ...numeric,
  });
}
detectorContract({ name: 'spread', create: calibrated((desk) => new Spread(desk, 12)), ...numeric });
detectorContract({ name: 'flat-line', create: calibrated((desk) => new FlatLine(desk)), ...numeric });
detectorContract({ name: 'rate', create: () => rate(), ...numeric });

/** The metrics of a source at `time`; there may be more than before, or fewer that said something. */
function vectorOf(time: number, values: readonly number[]): Vector {
  return { time, metrics: values.map((_, i) => `metric ${i}`), values: Float64Array.from(values) };
}

const vector = {
  inputs: fc
    .tuple(anyTime, fc.array(anyNumber, { minLength: 1, maxLength: 7 }))
    .map(([time, values]) => vectorOf(time, values)),
  unlike: (n: number): Vector =>
    vectorOf(
      T0 + n * 1000,
      Array.from(
        { length: 1 + Math.min(9, Math.floor(n / 100)) },
        (_, i) => (((n + i) * 7919) % 100_003) * 1.37 ** ((n * (i + 1)) % 40),
      ),
    ),
  mostBytes: 70_000,
};

detectorContract({ name: 'isolation-forest', create: calibratedVector(isolationForest()), ...vector });
detectorContract({ name: 'lstm-autoencoder', create: calibratedVector(lstmAutoencoder()), ...vector });

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', null] as const;

detectorContract({
  name: 'new-template',
  create: () => newTemplate(),
  inputs: fc.record({
    time: anyTime,
    level: fc.constantFrom(...LEVELS),
    fresh: fc.boolean(),
    template: fc.string(),
  }),
  unlike: (n) => ({ time: T0 + n, level: LEVELS[n % 7] ?? null, fresh: true, template: `template ${n}` }),
});

detectorContract({
  name: 'exception',
  create: () => exception(),
  inputs: fc.record({
    fresh: fc.boolean(),
    errorType: fc.string(),
    where: fc.option(fc.string()),
  }),
  unlike: (n) => ({ fresh: true, errorType: `Error${n}`, where: `file${n}.js f` }),
});

detectorContract({
  name: 'silence',
  create: () => silence(),
  inputs: fc.record({ time: anyTime, quietMs: anyNumber.map((value) => value * 10_000) }),
  unlike: (n) => ({ time: T0 + n * 60_000, quietMs: ((n * 7919) % 100_003) * 1.37 ** (n % 40) }),
});

detectorContract({
  name: 'missing-data',
  create: () => missingData(),
  inputs: fc.record({ time: anyTime, ceased: fc.nat(3), quietMs: anyNumber, usualGapMs: anyNumber }),
  unlike: (n) => ({ time: T0 + n * 60_000, ceased: n % 7, quietMs: n * 1000, usualGapMs: n }),
});

detectorContract({
  name: 'absence',
  create: () => absence(),
  inputs: fc.record({
    time: anyTime,
    quietMs: anyNumber.map((value) => value * 10_000),
    records: anyNumber,
    among: fc.integer({ min: 1, max: 2000 }),
  }),
  unlike: (n) => ({
    time: T0 + n * 60_000,
    quietMs: ((n * 7919) % 100_003) * 1.37 ** (n % 40),
    records: n % 97,
    among: 1,
  }),
});

detectorContract({
  name: 'mix',
  create: () => mix(),
  inputs: fc.record({
    time: anyTime,
    counts: fc
      .array(fc.tuple(fc.nat(20), anyNumber), { maxLength: 12 })
      .map((entries): ReadonlyMap<number, number> => new Map(entries)),
    textOf: fc.constant((message: number) => `message ${message}`),
  }),
  unlike: (n) => ({
    time: T0 + n * 60_000,
    counts: new Map([0, 1, 2, 3].map((i) => [n * 4 + i, 50])),
    textOf: (message) => `message ${message}`,
  }),
});

detectorContract({
  name: 'new-value',
  create: () => newValue(),
  inputs: fc.record({
    time: anyTime,
    field: fc.string(),
    value: fc.string(),
    usual: fc.array(fc.string(), { maxLength: 5 }),
    learned: fc.nat(1000),
    since: anyTime,
  }),
  unlike: (n) => ({
    time: T0 + n * 60_000,
    field: `field${n}`,
    value: `value${n}`,
    usual: ['a'],
    learned: n,
    since: T0,
  }),
});
