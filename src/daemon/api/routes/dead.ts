import { isoOf } from '../../../contract/iso.ts';
import { routes } from '../../../contract/routes.ts';
import type { DeadView } from '../../../contract/system-views.ts';
import type { DeadLetter } from '../../../domain/dead-letter.ts';
import { VigilError } from '../../../domain/errors.ts';
import type { Store } from '../../../ports/store.ts';
import type { App } from '../app.ts';
import type { Desk } from '../desk.ts';

export function deadRoutes(app: App, desk: Desk): void {
  const { store } = desk.work;

  app.get(routes.listDead.path, { schema: routes.listDead }, async ({ query }) => {
    const { source = null, after = null, limit } = query;
    const page = await store.deadLetters({ source, after, limit });
    return { items: page.items.map(deadToView), next: page.next };
  });

  app.get(routes.showDead.path, { schema: routes.showDead }, async ({ params }) =>
    deadToView(await findDead(params.id, store)),
  );

  app.post(routes.retryDead.path, { schema: routes.retryDead }, async ({ params }) => {
    const letter = await findDead(params.id, store);
    const status = await desk.sources.retry(letter);
    await store.dropDead([letter.id]);
    await desk.live.countDead();
    return { status };
  });

  app.delete(routes.dropDead.path, { schema: routes.dropDead }, async ({ params }) => {
    const letter = await findDead(params.id, store);
    await store.dropDead([letter.id]);
    await desk.live.countDead();
    return { status: 'dropped' as const };
  });
}

/** By its whole id, or by as much of it as tells. @throws VigilError `unknown_id`, `ambiguous_id`. */
async function findDead(id: string, store: Store): Promise<DeadLetter> {
  const [letter, other] = /^[0-9a-f-]+$/i.test(id) ? await store.deadByPrefix(id.toLowerCase(), 2) : [];
  const hint = 'Run `vigilai dead list` to see what there is.';
  if (letter === undefined)
    throw new VigilError('unknown_id', { what: `there is no dead letter ${id}`, hint });
  if (other === undefined) return letter;
  throw new VigilError('ambiguous_id', { what: `more than one dead letter begins with ${id}`, hint });
}

function deadToView({ id, source, stream, offset, at, reason, text }: DeadLetter): DeadView {
  return { id, source, stream, offset, at: isoOf(at), reason, text };
}
