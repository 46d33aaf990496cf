import { contextToView } from '../../../contract/context-view.ts';
import { routes } from '../../../contract/routes.ts';
import { diagnosisToView } from '../../../contract/to-view.ts';
import type { Diagnosis } from '../../../domain/diagnosis.ts';
import { VigilError } from '../../../domain/errors.ts';
import { diagnosisPorts } from '../../../workflow/diagnose-job.ts';
import { diagnosisIdOf } from '../../../workflow/moves.ts';
import { PLAIN, putJob } from '../../../workflow/put-job.ts';
import { accepted, requireWorkable } from '../accepted.ts';
import type { App } from '../app.ts';
import type { Desk } from '../desk.ts';
import { findAnomaly, isWhole } from '../find-anomaly.ts';

export function diagnosisRoutes(app: App, desk: Desk): void {
  const { work } = desk;

  app.post(routes.analyze.path, { schema: routes.analyze }, async ({ body }, reply) => {
    const anomaly = await findAnomaly(body.anomaly_id, work.store);
    requireWorkable(anomaly, 'diagnosing');
    const options = { ...PLAIN, offline: body.offline };
    const job = await putJob({ subject: anomaly.id, kind: 'diagnose', options, resultId: null }, work);
    return reply.code(202).send({ ...accepted(job), diagnosis_id: job.resultId });
  });

  // Before the route with `:id`, for a reader; the router itself prefers the fixed path.
  app.get(routes.prompt.path, { schema: routes.prompt }, async ({ query }) => {
    const anomaly = await findAnomaly(query.anomaly_id, work.store);
    const { system, prompt } = await work.crafts.previewPrompt(
      anomaly,
      await diagnosisPorts(anomaly.id, work),
    );
    return { system, prompt, goes_to: [...(work.model?.names ?? [])] };
  });

  app.get(routes.context.path, { schema: routes.context }, async ({ query }) => {
    const anomaly = await findAnomaly(query.anomaly_id, work.store);
    return contextToView(await work.crafts.previewContext(anomaly, await diagnosisPorts(anomaly.id, work)));
  });

  app.get(routes.showDiagnosis.path, { schema: routes.showDiagnosis }, async ({ params }) =>
    diagnosisToView(await findDiagnosis(params.id, desk)),
  );
}

/** By its own id, or by (part of) the id of its anomaly. */
async function findDiagnosis(id: string, { work }: Desk): Promise<Diagnosis> {
  const direct = isWhole(id) ? await work.store.diagnosis(id) : null;
  if (direct !== null) return direct;
  const what = `there is no diagnosis ${id}`;
  if (isWhole(id) && (await work.store.anomaly(id)) === null) throw new VigilError('unknown_id', { what });
  const diagnosisId = diagnosisIdOf(await findAnomaly(id, work.store));
  const found = diagnosisId === null ? null : await work.store.diagnosis(diagnosisId);
  if (found !== null) return found;
  throw new VigilError('unknown_id', {
    what,
    why: 'the anomaly has not been diagnosed',
    hint: 'Run `vigilai diagnose <id>`.',
  });
}
