import type { SeriesView, SourceView } from '../contract/system-views.ts';
import type { AnomalyView } from '../contract/views.ts';

/** How long ago, in one short word: `now`, `42s`, `5m`, `3h`, `2d`. */
export function ago(then: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(then)) / 1000));
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

type Learning = Pick<SourceView, 'events' | 'training' | 'series'>;

/** How far the series of a source have learnt: `12 of 14 series ready`. */
export function learning({ events, training, series }: Learning): string {
  const ready = training.normal + training.alerting;
  const all = ready + training.training;
  if (all === 0 || (events === 0 && ready === 0)) return 'waiting for lines';
  if (training.training === 0) return count(all, 'series ready', 'series ready');
  const furthest = Math.max(0, ...series.filter((one) => one.state === 'training').map(share));
  return `${ready} of ${all} ready, learning ${Math.round(furthest * 100)}%`;
}

function share({ seen, needed }: SourceView['series'][number]): number {
  return needed === 0 ? 0 : Math.min(1, seen / needed);
}

/** How far one series has learnt: `training 9/20`, `normal`, `alerting`. */
export function trainingWords({ state, seen, needed }: SeriesView): string {
  return state === 'training' ? `training ${seen}/${needed}` : state;
}

/** Which detectors say nothing yet, and which never will: `too sparse for seasonality: 12 points`; empty for none. */
export function waitingWords({ waiting, points }: SeriesView): string {
  const sparse = waiting.filter((one) => one.sparse).map(({ detector }) => detector);
  const soon = waiting
    .filter((one) => !one.sparse)
    .map(({ detector, missing }) => `${detector} in ${count(missing, 'point', 'points')}`);
  const never = `too sparse for ${sparse.join(', ')}: ${count(points, 'point', 'points')}`;
  return [...(sparse.length === 0 ? [] : [never]), ...soon].join('; ');
}

/** Series of a source that are not simply normal, the first few: `duration_ms /pay training 9/20`. */
export function restlessSeries({ series }: Pick<SourceView, 'series'>, most: number): string {
  const restless = series.filter(({ state }) => state !== 'normal');
  const named = restless.slice(0, most).map((one) => `${one.name} ${trainingWords(one)}`);
  return [...named, ...(restless.length > most ? ['...'] : [])].join(', ');
}

export function rate(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toFixed(1)));
}

/** Bytes in the unit that keeps the number short. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** step;
  return `${step === 0 ? Math.round(scaled) : Number(scaled.toPrecision(3))} ${units[step]}`;
}

export function count(value: number, one: string, many: string): string {
  return `${value} ${value === 1 ? one : many}`;
}

/** Three significant digits tell enough. */
export function rounded(value: number): string {
  return String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));
}

const SHORT = 8;

/** Ids as people see them. */
export function short(id: string): string {
  return id.slice(0, SHORT);
}

/** `fix_ready` as people say it. */
export function statusWords(status: AnomalyView['status']): string {
  return status.replaceAll('_', ' ');
}
