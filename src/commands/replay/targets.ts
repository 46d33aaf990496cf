import { basename, join, relative, resolve } from 'node:path';
import { VigilError } from '../../domain/errors.ts';

/** A path as it was named, and the files below it. */
export interface Input {
  readonly path: string;
  readonly files: readonly string[];
}

/**
 * Where the scores of each file go: below `out` as the file lies below the folder that was named; or `out` itself, if it is
 * called .csv and there is one file. @throws VigilError `usage` where two would be written to one place, or over an input.
 */
export function targetsOf(inputs: readonly Input[], out: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const { path, files } of inputs) {
    const alone = inputs.length === 1 && files[0] === path && out.endsWith('.csv');
    for (const file of files) {
      const target = alone
        ? out
        : join(out, scoreName(file === path ? basename(path) : relative(path, file)));
      const other = taken.get(resolve(target));
      if (other !== undefined && other !== file) throw bothTo(target, other, file);
      taken.set(resolve(target), file);
      targets.set(file, target);
    }
  }
  for (const file of targets.keys()) if (taken.has(resolve(file))) throw overInput(file);
  return targets;
}

/** `a.csv.gz` becomes `a.csv`, `app.log` becomes `app.log.csv`. */
function scoreName(name: string): string {
  const bare = name === '-' ? 'stdin' : name.replace(/\.gz$/i, '');
  return bare.toLowerCase().endsWith('.csv') ? bare : `${bare}.csv`;
}

function bothTo(target: string, one: string, other: string): VigilError {
  return new VigilError('usage', {
    what: `the scores of ${one} and of ${other} would both be written to ${target}`,
    hint: 'Name the folder above both, or replay them one after the other.',
  });
}

function overInput(file: string): VigilError {
  return new VigilError('usage', {
    what: `scores would be written over ${file}`,
    hint: 'Name another folder after --scores.',
  });
}
