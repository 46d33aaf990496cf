import { routes } from '../../../contract/routes.ts';
import { fixToView, planToView } from '../../../contract/to-view.ts';
import type { Anomaly } from '../../../domain/anomaly.ts';
import { VigilError } from '../../../domain/errors.ts';
import type { Fix } from '../../../domain/fix.ts';
import { previewPlan } from '../../../workflow/fix-job.ts';
import { PLAIN, putJob } from '../../../workflow/put-job.ts';
import { accepted, requireWorkable } from '../accepted.ts';
import type { App } from '../app.ts';
import type { Desk } from '../desk.ts';
import { findAnomaly, isWhole } from '../find-anomaly.ts';
import { requireSameBase, requireSameRepository } from '../same-target.ts';

export function codeRoutes(app: App, desk: Desk): void {
  const { work } = desk;

  app.post(routes.generate.path, { schema: routes.generate }, async ({ body }, reply) => {
    const anomaly = await subjectOf(body, desk);
    requireWorkable(anomaly, 'fixing');
    await requireSameRepository(body.repository, work);
    await requireSameBase('target_branch', body.target_branch, work);
    const engine = body.engine ?? null;
    // An unknown engine is said now, not by a job that fails later.
    if (engine !== null) await work.agent(engine);
    const options = { ...PLAIN, engine, openPr: body.open_pr, reviewers: body.reviewers };
    const job = await putJob({ subject: anomaly.id, kind: 'fix', options, resultId: null }, work);
    return reply.code(202).send({ ...accepted(job), fix_id: job.resultId });
  });

  app.get(routes.plan.path, { schema: routes.plan }, async ({ query }) =>
    planToView(await previewPlan(await findAnomaly(query.anomaly_id, work.store), work)),
  );

  app.get(routes.showFix.path, { schema: routes.showFix }, async ({ params }) =>
    fixToView(await findFix(params.id, desk)),
  );
}

interface Subject {
  readonly diagnosis_id?: string | undefined;
  readonly anomaly_id?: string | undefined;
}

async function subjectOf(body: Subject, { work }: Desk): Promise<Anomaly> {
  if (body.anomaly_id !== undefined) return findAnomaly(body.anomaly_id, work.store);
  if (body.diagnosis_id === undefined) {
    throw new VigilError('bad_request', {
      what: 'one of the fields `anomaly_id` and `diagnosis_id` is needed',
    });
  }
  const diagnosis = await work.store.diagnosis(body.diagnosis_id);
  if (diagnosis !== null) return findAnomaly(diagnosis.anomalyId, work.store);
  throw new VigilError('unknown_id', { what: `there is no diagnosis ${body.diagnosis_id}` });
}

/** By its own id, or by (part of) the id of its anomaly. */
export async function findFix(id: string, { work }: Desk): Promise<Fix> {
  const direct = isWhole(id) ? await work.store.fix(id) : null;
  if (direct !== null) return direct;
  const what = `there is no fix ${id}`;
  if (isWhole(id) && (await work.store.anomaly(id)) === null) throw new VigilError('unknown_id', { what });
  const anomaly = await findAnomaly(id, work.store);
  const found = 'fixId' in anomaly ? await work.store.fix(anomaly.fixId) : null;
  if (found !== null) return found;
  throw new VigilError('unknown_id', {
    what,
    why: 'the anomaly has no proven fix',
    hint: 'Run `vigilai fix <id>`.',
  });
}
