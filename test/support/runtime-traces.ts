import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { causesFirst } from '../../src/domain/trace.ts';
import { joined } from './recorded-traces.ts';

/**
 * Puts `code` into a file of a new folder, calls `run` with the folder and answers what the program says on stderr
 * before it dies.
 */
export function lastWords(
  file: string,
  code: string,
  run: (folder: string) => readonly [string, ...string[]],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigilai-traces-'));
  try {
    writeFileSync(join(folder, file), code);
    const [program, ...args] = run(folder);
    return spawnSync(program, args, { encoding: 'utf8', cwd: folder }).stderr.replace(/\n$/, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Class, line and function of each error of the only trace in `text`. @throws when there is not exactly one. */
export function onlyTrace(text: string) {
  const [trace, ...more] = joined(text).flatMap((one) => (one.trace === null ? [] : [one.trace]));
  if (trace === undefined || more.length > 0) throw new Error(`not one trace in: ${text}`);
  return causesFirst(trace).map(({ errorType, frames }) => {
    const own = frames.find(({ inApp }) => inApp);
    return [errorType, own?.line ?? null, own?.symbol ?? null];
  });
}
