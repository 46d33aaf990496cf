import { routes } from '../../../contract/routes.ts';
import { anomalyToDetail, anomalyToView } from '../../../contract/to-view.ts';
import { moveTo } from '../../../workflow/moves.ts';
import { mute } from '../../../workflow/mute.ts';
import type { App } from '../app.ts';
import type { Desk } from '../desk.ts';
import { findAnomaly } from '../find-anomaly.ts';

export function anomalyRoutes(app: App, desk: Desk): void {
  const { store } = desk.work;

  app.get(routes.listAnomalies.path, { schema: routes.listAnomalies }, async ({ query }) => {
    const page = await store.anomalies({
      status: query.status ?? null,
      from: msOf(query.start_date),
      to: msOf(query.end_date),
      confidenceMin: query.confidence_min ?? null,
      source: query.source ?? null,
      after: query.after ?? null,
      limit: query.limit,
    });
    return { items: page.items.map(anomalyToView), next: page.next };
  });

  app.get(routes.showAnomaly.path, { schema: routes.showAnomaly }, async ({ params }) =>
    anomalyToDetail(await findAnomaly(params.id, store)),
  );

  app.post(routes.closeAnomaly.path, { schema: routes.closeAnomaly }, async ({ params, body }) => {
    const anomaly = await findAnomaly(params.id, store);
    const closed = await moveTo(anomaly, { status: body.as, at: desk.work.clock.now() }, desk.work);
    const jobs = desk.live.activeJobs().filter((job) => job.subject === closed.id);
    await Promise.all(jobs.map((job) => desk.worker.cancel(job.id)));
    return anomalyToView(closed);
  });

  app.post(routes.muteAnomaly.path, { schema: routes.muteAnomaly }, async ({ params, body }) => {
    const anomaly = await findAnomaly(params.id, store);
    return anomalyToView(await mute(anomaly, body.minutes * 60_000, desk.work));
  });
}

function msOf(iso: string | undefined): number | null {
  return iso === undefined ? null : Date.parse(iso);
}
