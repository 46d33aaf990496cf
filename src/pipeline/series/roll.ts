import { type Redacted, redact } from '../../domain/redact.ts';
import { HOUR_MS, type Rollup } from '../../domain/rollup.ts';
import { type Series, type SeriesName, seriesLabel } from './series.ts';

/** Hours that wait for somebody to take them; a replay has nobody. */
const MOST_WAITING = 100_000;

/** A message that is written once an hour ends one each time: its name is redacted once. */
const labels = new WeakMap<SeriesName, Redacted>();

function labelOf(name: SeriesName): Redacted {
  const known = labels.get(name);
  if (known !== undefined) return known;
  const label = redact(seriesLabel(name));
  labels.set(name, label);
  return label;
}

/** Adds a value to its hour. When it begins another one, the one before is said; a late value makes a part of its own hour. */
export function roll(series: Series, time: number, value: number, out: Rollup[]): void {
  const { rolling } = series;
  if (!(time >= rolling.hour && time < rolling.hour + HOUR_MS)) {
    if (rolling.count > 0 && out.length < MOST_WAITING) {
      const { hour, count, sum, min, max } = rolling;
      out.push({ series: labelOf(series.name), hour, count, sum, min, max });
    }
    rolling.hour = Math.floor(time / HOUR_MS) * HOUR_MS;
    rolling.count = 0;
  }
  if (!Number.isFinite(value)) return;
  rolling.min = rolling.count === 0 ? value : Math.min(rolling.min, value);
  rolling.max = rolling.count === 0 ? value : Math.max(rolling.max, value);
  rolling.sum = rolling.count === 0 ? value : rolling.sum + value;
  rolling.count += 1;
}
