import { routes } from '../../../contract/routes.ts';
import { detect } from '../../intake/detect.ts';
import { ingest } from '../../intake/ingest.ts';
import type { App } from '../app.ts';
import type { Desk } from '../desk.ts';

export function ingestRoutes(app: App, desk: Desk): void {
  app.post(routes.detect.path, { schema: routes.detect }, async ({ body }) => ({
    results: await detect(body.events, desk),
  }));

  app.post(routes.ingest.path, { schema: routes.ingest }, async ({ body }, reply) =>
    reply.code(202).send({ accepted: await ingest(body.events, desk) }),
  );
}
