import { routes } from '../../../contract/routes.ts';
import type { App } from '../app.ts';
import { type Desk, statusOf } from '../desk.ts';
import { openApi } from '../openapi.ts';
import type { Stream } from '../stream.ts';
import { trends } from '../trends.ts';

export function systemRoutes(app: App, desk: Desk, stream: Stream): void {
  const { version } = desk;

  app.get(routes.status.path, { schema: routes.status }, async () => statusOf(desk));

  app.post(routes.stop.path, { schema: routes.stop }, async (_, reply) => {
    desk.requestStop();
    return reply.code(202).send({ status: 'stopping' });
  });

  app.get(routes.live.path, { schema: routes.live }, async () => ({ status: 'ok' }) as const);

  app.get(routes.ready.path, { schema: routes.ready }, async (_, reply) =>
    desk.ready()
      ? reply.send({ status: 'ready', version })
      : reply.code(503).send({ status: 'starting', version }),
  );

  app.get(routes.dashboard.path, { schema: routes.dashboard }, async () => {
    const { anomalies, diagnoses, fixes, fixesProven, pulls } = await desk.work.store.totals();
    return {
      total_anomalies: anomalies,
      total_diagnoses: diagnoses,
      total_fixes: fixes,
      total_prs: pulls,
      average_mttr_seconds: null,
      fix_success_rate: fixes === 0 ? null : fixesProven / fixes,
    };
  });

  app.get(routes.trends.path, { schema: routes.trends }, async ({ query }) => {
    const { start_date, end_date, granularity } = query;
    const [from, to] = [start_date, end_date].map((date) => (date === undefined ? null : Date.parse(date)));
    return {
      granularity,
      points: await trends({ from: from ?? null, to: to ?? null, granularity }, desk.work.store),
    };
  });

  app.get(routes.metrics.path, async (_, reply) =>
    reply.type(desk.metrics.contentType).send(await desk.metrics.text()),
  );

  app.get(routes.stream.path, (_, reply) => {
    reply.hijack();
    stream.join(reply.raw);
  });

  app.get('/openapi.json', async (_, reply) =>
    reply.type('application/json').send(JSON.stringify(openApi(version))),
  );
}
