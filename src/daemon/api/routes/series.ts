import { isoOf } from '../../../contract/iso.ts';
import { routes } from '../../../contract/routes.ts';
import type { App } from '../app.ts';
import type { Desk } from '../desk.ts';

export function seriesRoutes(app: App, desk: Desk): void {
  const { store } = desk.work;

  app.get(routes.series.path, { schema: routes.series }, async ({ query }) => ({
    series: [...(await store.rolledSeries(query.source))],
  }));

  app.get(routes.rollups.path, { schema: routes.rollups }, async ({ query }) => {
    const { source, series, start_date, end_date } = query;
    const from = start_date === undefined ? 0 : Date.parse(start_date);
    const to = end_date === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(end_date);
    const hours = await store.rollups({ source, series, from, to });
    return {
      points: hours.map(({ hour, count, sum, min, max }) => ({
        hour: isoOf(hour),
        count,
        min,
        max,
        mean: sum / count,
      })),
    };
  });
}
