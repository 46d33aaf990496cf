/** Uniform numbers in [0,1), the same for the same seeds. */
export type Random = () => number;

/** sfc32 (Chris Doty-Humphrey, PractRand), its state filled from the seeds by splitmix32. */
export function seeded(...seeds: readonly number[]): Random {
  const fill = splitMix(seeds);
  let [a, b, c, counter] = [fill(), fill(), fill(), 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 12; i += 1) next();
  return next;
}

function splitMix(seeds: readonly number[]): () => number {
  let state = 0x9e3779b9;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  for (const seed of seeds) state = next() ^ Math.trunc(seed);
  return next;
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** Each order of magnitude as often as another; `low` above 0. */
export function logBetween(random: Random, low: number, high: number): number {
  return low * (high / low) ** random();
}

/** Both ends included. */
export function integerBetween(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

export function pick<One>(random: Random, [first, ...rest]: readonly [One, ...One[]]): One {
  return rest[Math.floor(random() * (rest.length + 1)) - 1] ?? first;
}

/** Mean 0, variance 1 (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function lognormal(random: Random, mu: number, sigma: number): number {
  return Math.exp(mu + sigma * normal(random));
}

/** Mean `shape`, variance `shape` (Marsaglia and Tsang 2000). */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** Mean 0, variance `freedom / (freedom - 2)`. */
export function studentT(random: Random, freedom: number): number {
  return normal(random) / Math.sqrt((2 * gamma(random, freedom / 2)) / freedom);
}

export function poisson(random: Random, mean: number): number {
  return mean < 10 ? countedPoisson(random, mean) : rejectedPoisson(random, mean);
}

/** Events until the exponential waiting times are over (Knuth). */
function countedPoisson(random: Random, mean: number): number {
  const least = Math.exp(-mean);
  let events = 0;
  for (let product = 1 - random(); product > least; product *= 1 - random()) events += 1;
  return events;
}

/** Transformed rejection, for means from 10 on (PTRS; Hörmann 1993). */
function rejectedPoisson(random: Random, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  for (;;) {
    const u = random() - 0.5;
    const v = 1 - random();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const accepted = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (accepted <= k * Math.log(mean) - mean - logFactorial(k)) return k;
  }
}

/** ln k! by Stirling's series, shifted so that small k are exact to 1e-9. */
function logFactorial(k: number): number {
  let x = k + 1;
  let product = 1;
  for (; x < 8; x += 1) product *= x;
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}

/** Counts of this mean and variance; a variance up to the mean is Poisson's. */
export function negativeBinomial(random: Random, mean: number, variance: number): number {
  if (mean <= 0) return 0;
  if (variance <= mean) return poisson(random, mean);
  const scale = (variance - mean) / mean;
  return poisson(random, scale * gamma(random, mean / scale));
}
