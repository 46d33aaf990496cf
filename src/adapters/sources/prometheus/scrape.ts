import type { MetricRecord } from '../../../domain/event.ts';
import type { Clock } from '../../../ports/clock.ts';
import { type Exposition, ExpositionError, parseExposition } from './exposition.ts';
import type { Answer, Get } from './get.ts';
import { pointsOf } from './points.ts';
import type { Sample } from './sample.ts';
import type { Selected } from './select.ts';

/** What one scrape of a target has brought: its points, and why there are none but `up` = 0. */
export interface Scraped {
  readonly points: readonly MetricRecord[];
  readonly problem: string | null;
}

/** One metrics page that is read again and again. `at` is the scrape's time, epoch ms. */
export type Target = (at: number, signal: AbortSignal) => Promise<Scraped>;

export interface Scraping {
  readonly get: Get;
  readonly clock: Clock;
  readonly selected: Selected;
}

/** OpenMetrics first, as it says more; names in UTF-8 are understood in both. */
const ACCEPT =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.1';

export function target(url: string, { get, clock, selected }: Scraping): Target {
  const instance = instanceOf(new URL(url));
  const points = pointsOf(instance, selected);
  const own = (metricName: string, value: number, timestamp: number): MetricRecord => ({
    type: 'metric',
    timestamp,
    metadata: { instance },
    data: { metricName, value },
  });
  return async (at, signal) => {
    const begun = clock.now();
    const page = pageOf(await get(url, { accept: ACCEPT, signal }));
    const seconds = Math.max(0, clock.now() - begun) / 1000;
    const read = page.ok ? points.of(page.samples, at) : [];
    return {
      points: [...read, own('up', page.ok ? 1 : 0, at), own('scrape_duration_seconds', seconds, at)],
      problem: page.ok ? null : `${url}: ${page.why}`,
    };
  };
}

/** As Prometheus calls a target, with what tells it from others of its host. */
function instanceOf({ host, pathname, search }: URL): string {
  return `${host}${pathname === '/metrics' ? '' : pathname}${search}`;
}

type Page =
  | { readonly ok: true; readonly samples: readonly Sample[] }
  | { readonly ok: false; readonly why: string };

function pageOf(answer: Answer): Page {
  if (!answer.ok) return answer;
  const { status, type, body } = answer;
  if (status !== 200) return { ok: false, why: `answers ${status}` };
  try {
    return { ok: true, samples: parseExposition(body, formatOf(type)) };
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    return { ok: false, why: `${error.message} (${type === '' ? 'no content type' : type})` };
  }
}

function formatOf(type: string): Exposition {
  return type.toLowerCase().startsWith('application/openmetrics-text') ? 'openmetrics' : 'text';
}
