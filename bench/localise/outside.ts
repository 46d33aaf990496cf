import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { figure } from '../detection/table.ts';
import { type Diagnosed, diagnosed } from './diagnosing.ts';
import { git } from './history.ts';

/** How many of some failures were told to have their cause outside of the code. */
export interface Recognised {
  readonly failures: number;
  readonly outside: number;
}

export function isOutside({ verdict }: Diagnosed): boolean {
  return verdict === 'no_code_cause';
}

/** Diagnoses the messages of `outside/<name>.txt`, one a line, in an empty repository. */
export async function recognisedOf(name: string, state: string): Promise<Recognised> {
  const repository = join(state, 'empty-repository');
  mkdirSync(repository, { recursive: true });
  git(repository, 'init', '-q');
  const lines = readFileSync(join(import.meta.dirname, 'outside', `${name}.txt`), 'utf8')
    .trim()
    .split('\n');
  let outside = 0;
  for (const line of lines) if (isOutside(await diagnosed(`${line}\n`, repository, state))) outside += 1;
  return { failures: lines.length, outside };
}

export function outsideRow(name: string, { failures, outside }: Recognised): readonly string[] {
  return [name, String(failures), String(outside), figure(outside / failures)];
}
