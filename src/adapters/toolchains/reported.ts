import { posix } from 'node:path';
import type { FileCoverage, TestResult } from '../../domain/fix.ts';
import type { Ended } from '../../ports/process.ts';
import type { TestRequest } from '../../ports/toolchain.ts';
import type { Report, Runner } from './runner.ts';

const TAIL = 4_000;
const MAX_MESSAGE = 2_000;

/** Judged by the runner's exit and by what it said: some end well when told to go on after failures. */
export function isOk(ended: Ended, { results }: Report, runner: Runner): boolean {
  if (ended.exit !== 'code') return false;
  if (results.length === 0) return ended.code === 0 || runner.foundNone(ended);
  return ended.code === 0 && !results.some(({ outcome }) => outcome === 'failed' || outcome === 'errored');
}

/** With files relative to the workspace, not the package in `dir`. */
export function placed({ results, coverage }: Report, dir: string): Report {
  return {
    results: results.map((result) => ({
      ...result,
      file: posix.join(dir, result.file),
      message: result.message.slice(0, MAX_MESSAGE),
    })),
    coverage: coverage?.map((one): FileCoverage => ({ ...one, file: posix.join(dir, one.file) })) ?? null,
  };
}

/** Runners take names as patterns, and may run more than was asked for. What could not be loaded is always said. */
export function isAsked(result: TestResult, { files, only }: TestRequest, dir: string): boolean {
  if (result.outcome === 'errored' || files.length === 0) return true;
  const isFile = files.some((file) => posix.join(dir, file) === result.file);
  return isFile && (only === null || only.name === result.name);
}

/** The end of what was said, and why it ends there. */
export function tailOf(said: string, ended: Ended, timeoutMs: number): string {
  const tail = said.slice(-TAIL);
  switch (ended.exit) {
    case 'code':
      return tail;
    case 'timeout':
      return `${tail}\nthe tests did not end within ${Math.round(timeoutMs / 1000)} s`;
    case 'not_found':
      return `${tail}\nthe test runner could not be started`;
    case 'signal':
    case 'cancelled':
      return `${tail}\nthe tests were ended by a ${ended.exit === 'signal' ? 'signal' : 'cancellation'}`;
  }
}
