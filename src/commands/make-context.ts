import type { Config } from '../config/config.ts';
import type { Context, Place, Program, Reach } from './context.ts';
import { createPrinter } from './print.ts';

/** How a command hears of Ctrl-C. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** From now on signals are the command's own business. */
  hold(): void;
}

/** A context whose parts are imported when a command asks for them: `--help` pays for none of it. */
export function makeContext(program: Program, json: boolean, interrupts: Interrupts): Context {
  const reach = program.reach ?? localReach(program);
  const place = (flags: Config = {}, root: string | null = null) => findPlace(program, flags, root);
  return {
    program,
    io: program.io,
    print: createPrinter(program.io, program.around.env, json),
    signal: interrupts.signal,
    holdSignals: () => interrupts.hold(),
    place,
    house: async (flags) => (await program.compose()).house(await place(flags)),
    client: async () => reach.ensure(await place()),
    connected: async () => reach.connect(await place()),
  };
}

async function findPlace(
  { cwd, around, version }: Program,
  flags: Config,
  given: string | null,
): Promise<Place> {
  const [{ loadConfig, workspaceRoot }, { pathsOf }] = await Promise.all([
    import('../config/load.ts'),
    import('../config/paths.ts'),
  ]);
  const root = given ?? workspaceRoot(cwd);
  const paths = pathsOf(root, around);
  const { settings } = await loadConfig({ root, userConfig: paths.userConfig, env: around.env, flags });
  return { paths, settings, env: around.env, version };
}

/** The daemon stays for days: a small young generation and a heap that grows slowly cost little speed (10,000 series: 242 MB instead of 384). */
const LEAN = ['--max-semi-space-size=8', '--heap-growing-percent=50'] as const;

function localReach({ self, clock, version }: Program): Reach {
  return {
    async ensure({ paths, env }) {
      const { ensureDaemon } = await import('../client/ensure-daemon.ts');
      const { root, socket, log } = paths;
      const [node, ...program] = self;
      const flags = program.length === 0 ? [] : LEAN; // a single executable takes none
      const spawn = [node, ...flags, ...program, 'daemon', 'run', '--root', root] as const;
      return ensureDaemon({ socket, root, version, spawn, env, log, clock });
    },
    async connect({ paths }) {
      const { connect } = await import('../client/connect.ts');
      return connect(paths.socket);
    },
  };
}
