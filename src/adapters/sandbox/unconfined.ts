import type { Sandbox } from '../../ports/process.ts';
import { marked } from '../process/mark.ts';

/**
 * util-linux: a process namespace of its own, in which all dies with the first. It keeps nothing from being read or
 * written; it only leaves nothing running.
 */
export const OWN_PROCESSES = [
  'unshare', '--user', '--map-current-user', '--pid', '--fork', '--kill-child=KILL', '--mount-proc', '--',
] as const; // biome-ignore format: argv reads best as a line

/** No box at all; its name says so wherever a proof is shown. `prefix` is put before each command. */
export function unconfined(prefix: readonly string[] = []): Sandbox {
  return {
    name: 'none',
    confine(command) {
      const [file = command.argv[0], ...args] = [...prefix, ...command.argv];
      return marked({ ...command, argv: [file, ...args] });
    },
  };
}
