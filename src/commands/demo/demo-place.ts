import { join } from 'node:path';
import type { DemoApp } from '../../ports/house.ts';
import type { Context } from '../context.ts';
import { makeContext } from '../make-context.ts';
import { stopDaemon } from '../upkeep/daemon.ts';

/**
 * A context whose workspace is the sample and whose state is beside it: nothing of the user's is touched. An engine that
 * was asked for keeps the user's own agent settings.
 */
export async function demoContext(context: Context, app: DemoApp, engine: string | null): Promise<Context> {
  const { program, signal } = context;
  const { around } = program;
  const foreign = Object.entries(around.env).filter(([name]) => !name.startsWith('VIGILAI_'));
  const { agent } = (await context.place()).settings;
  const agentEnv = {
    VIGILAI_AGENT_ENGINE: agent.engine,
    VIGILAI_AGENT_COMMAND: JSON.stringify(agent.command),
    VIGILAI_AGENT_ENV: JSON.stringify(agent.env),
    VIGILAI_AGENT_HOME_FOLDERS: JSON.stringify(agent.homeFolders),
  };
  const env = {
    ...Object.fromEntries(foreign),
    ...(engine === null ? {} : agentEnv),
    XDG_STATE_HOME: join(app.folder, 'state'),
  };
  const own = { ...program, cwd: app.root, around: { ...around, env } };
  return makeContext(own, context.print.json, { signal, hold: () => context.holdSignals() });
}

/** Whatever happened before, no daemon stays behind. */
export async function stopDemoDaemon(own: Context): Promise<void> {
  const quiet = { ...own, print: { ...own.print, line: () => undefined, data: () => undefined } };
  await stopDaemon(quiet);
}
