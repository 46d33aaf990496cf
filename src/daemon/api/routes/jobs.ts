import { routes } from '../../../contract/routes.ts';
import { jobToView } from '../../../contract/to-view.ts';
import { VigilError } from '../../../domain/errors.ts';
import type { App } from '../app.ts';
import type { Desk } from '../desk.ts';

export function jobRoutes(app: App, desk: Desk): void {
  app.get(routes.showJob.path, { schema: routes.showJob }, async ({ params }) => {
    const job = desk.live.job(params.id) ?? (await desk.work.store.job(params.id));
    if (job === null) throw unknownJob(params.id);
    return jobToView(job);
  });

  app.post(routes.cancelJob.path, { schema: routes.cancelJob }, async ({ params }, reply) => {
    const job = await desk.worker.cancel(params.id);
    if (job === null) throw unknownJob(params.id);
    return reply.code(202).send(jobToView(job));
  });
}

function unknownJob(id: string): VigilError {
  return new VigilError('unknown_id', {
    what: `there is no job ${id}`,
    hint: 'Run `vigilai status` to see the jobs.',
  });
}
