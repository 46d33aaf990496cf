/** Shape, and scale in thresholds (of one usual distance at least), assumed of a tail that has shown nothing, and how many peaks that is worth. */
const PRIOR = { shape: 0.3, shapeWeight: 12, scale: 0.5, scaleWeight: 3 } as const;
/** Of what is never far from the base a little farther is no news, in bases. */
const FINEST = 0.05;
const LIGHTEST = 0.001;
const HEAVIEST = 0.7;

/** Of a generalised Pareto tail; both positive. */
export interface Pareto {
  readonly scale: number;
  readonly shape: number;
}

/**
 * Of the `count` largest values, which lie above `base`, the largest first: by probability-weighted moments (Hosking and
 * Wallis 1987), the mean excess a0 and the mean weighted by rank a1, drawn towards a prior while they are few.
 */
export function fitPareto(largest: Float64Array, count: number, base: number): Pareto {
  let a0 = 0;
  let a1 = 0;
  for (let i = 0; i < count; i += 1) {
    const excess = (largest[i] ?? 0) - base;
    a0 += excess;
    a1 += excess * i;
  }
  a0 /= Math.max(1, count);
  a1 /= Math.max(1, count * (count - 1));
  const own = count > 3 && a0 > 2 * a1 ? 2 - a0 / (a0 - 2 * a1) : 0;
  const trust = count / (count + PRIOR.shapeWeight);
  const shape = trust * Math.max(LIGHTEST, Math.min(HEAVIEST, own)) + (1 - trust) * PRIOR.shape;
  const prior = PRIOR.scale * Math.max(base, 1) * PRIOR.scaleWeight;
  const scale = Math.max(
    FINEST * Math.max(base, 1),
    ((a0 * count + prior) / (count + PRIOR.scaleWeight)) * (1 - shape),
  );
  return { scale, shape };
}

/** Share of such a tail that lies further beyond its base than `excess`, (0,1]. */
export function shareBeyond(scale: number, shape: number, excess: number): number {
  return (1 + (shape * excess) / scale) ** (-1 / shape);
}
