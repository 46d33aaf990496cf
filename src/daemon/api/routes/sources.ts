import { routes } from '../../../contract/routes.ts';
import type { App } from '../app.ts';
import type { Desk } from '../desk.ts';

export function sourceRoutes(app: App, desk: Desk): void {
  app.post(routes.attachJournal.path, { schema: routes.attachJournal }, async ({ body }, reply) => {
    const name = await desk.sources.attach(body.name, body.journal);
    return reply.code(201).send({ name });
  });
}
