import type { Client } from '../../client/client.ts';
import type { House } from '../../ports/house.ts';
import type { View } from '../../tui/live.tsx';
import type { Effect, Happening } from '../../tui/state.ts';
import type { Context } from '../context.ts';
import { wantsColor } from '../print.ts';
import { beginFeed, type Feed } from './watch-feed.ts';
import { plainView } from './watch-plain.ts';

const EXIT_INTERRUPTED = 130;

/**
 * `vigilai watch [-- CMD...]`. With a command, or with lines on stdin, it ends when these end (with the command's own
 * code); else when a person ends it.
 */
export async function watch(context: Context, command: readonly string[]): Promise<number> {
  const house = await context.house();
  const client = await context.client();
  const over = Promise.withResolvers<number>();
  let feed: Feed | null = null;
  const leave = (code: number): void => {
    over.resolve(code);
    feed?.stop();
  };
  context.signal.addEventListener('abort', () => leave(EXIT_INTERRUPTED), { once: true });
  const act = actor(client, { show: (happening) => view.show(happening), quit: () => leave(0) });
  const view: View = await openView(context, act, () => leave(EXIT_INTERRUPTED));
  const stop = new AbortController();
  const following = follow(client, view, stop.signal);
  try {
    feed = await beginFeed({ context, house, client, view }, command);
    return await (feed === null ? over.promise : untilFed(feed, over.promise));
  } finally {
    stop.abort();
    await following;
    await view.close();
    await rememberPlace(context, house);
  }
}

/** The feed decides the end; a person who leaves earlier has stopped it, and it may tidy up. */
async function untilFed(feed: Feed, left: Promise<number>): Promise<number> {
  let code: number | null = null;
  void left.then((given) => {
    code = given;
  });
  return (await feed.ended) || (code ?? 0);
}

async function openView(
  context: Context,
  act: (effect: Effect) => void,
  interrupt: () => void,
): Promise<View> {
  const { io, print, program } = context;
  const { env } = program.around;
  if (print.json || !io.stdout.isTTY || env['TERM'] === 'dumb') return plainView(context, act);
  const { openLive } = await import('../../tui/live.tsx');
  const { stdin, stdout, stderr } = io;
  return openLive({
    stdin,
    stdout,
    stderr,
    colors: wantsColor(stdout, env),
    clock: program.clock,
    act,
    interrupt,
  });
}

/** First what stands, then every change; what was missed while the daemon was replaced is asked for again. */
async function follow(client: Client, view: View, signal: AbortSignal): Promise<void> {
  let daemon = '';
  try {
    for await (const change of client.changes(signal)) {
      if (change.kind === 'status' && change.status.started_at !== daemon) {
        daemon = change.status.started_at;
        view.show({ kind: 'listed', anomalies: (await client.listAnomalies({ limit: 200 })).items });
      }
      view.show({ kind: 'change', change });
    }
  } catch (error) {
    if (!signal.aborted) view.show({ kind: 'note', text: wordsOf(error) });
  }
}

interface Ears {
  readonly show: (happening: Happening) => void;
  readonly quit: () => void;
}

/** Does what a key asked for; what goes wrong is a note, never the end of the view. */
function actor(client: Client, { show, quit }: Ears): (effect: Effect) => void {
  const perform = async (effect: Effect): Promise<void> => {
    switch (effect.do) {
      case 'quit':
        return quit();
      case 'diagnose':
        return void (await client.analyze({ anomaly_id: effect.anomaly }));
      case 'fix':
        return void (await client.generate({ anomaly_id: effect.anomaly }));
      case 'dismiss':
        return void (await client.closeAnomaly({ id: effect.anomaly, as: 'false_positive' }));
      case 'load-diagnosis':
        return show({ kind: 'diagnosis', diagnosis: await client.showDiagnosis({ id: effect.diagnosis }) });
    }
  };
  return (effect) =>
    void perform(effect).catch((error: unknown) => show({ kind: 'note', text: wordsOf(error) }));
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function rememberPlace(context: Context, house: House): Promise<void> {
  const { root } = (await context.place()).paths;
  // A preference that cannot be kept harms nobody.
  await house.preferences.set('lastWorkspace', root).catch(() => undefined);
}
