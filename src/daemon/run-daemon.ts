import { startDaemon } from './daemon.ts';
import type { DaemonParts } from './parts.ts';

/**
 * The whole life of a daemon process: until SIGTERM or SIGINT, `stop`, or idleness. Answers the exit code: 0, also when
 * another daemon serves this workspace already.
 */
export async function runDaemon(parts: DaemonParts): Promise<number> {
  const daemon = await startDaemon(parts);
  if (daemon === null) {
    parts.work.log.info({ pid: process.pid }, 'another daemon serves this workspace');
    return 0;
  }
  const stop = () => void daemon.stop();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The terminal that started us may close; we stay.
  process.on('SIGHUP', () => undefined);
  await daemon.ended;
  return 0;
}
