import type { Entry } from '../inputs/entry.ts';
import type { Kind } from '../instead.ts';
import type { Source } from '../program.ts';
import type { Neighbour } from './neighbour.ts';

/** A test to be written: what is called with what, and what has to come out. */
export interface TestSpec {
  readonly title: string;
  /** Of the routine that is repaired; the test's file is called by it. */
  readonly name: string;
  readonly source: Source;
  readonly entry: Entry;
  /** What kind of thing comes out, where it is not known what exactly. */
  readonly kind: Kind | null;
  readonly before: readonly string[];
  readonly args: readonly string[];
  /** Arguments of the constructor, for a method; null for what needs no object. */
  readonly made: readonly string[] | null;
  /** Its imports and place are taken over; null where the project has no tests of the language. */
  readonly neighbour: Neighbour | null;
  /** Text of the manifest that names the test framework; empty where there is none. */
  readonly manifest: string;
}

export interface NewFile {
  readonly file: string;
  readonly text: string;
}

/** `labelLines` and `label_lines` as `label-lines`. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
}

/** The call as it stands in the languages that know no types. */
export function calledIn(spec: TestSpec, made: (owner: string, args: string) => string): string {
  const { routine } = spec.entry;
  const args = spec.args.join(', ');
  if (routine.owner === null) return `${routine.name}(${args})`;
  const holder = spec.made === null ? routine.owner : made(routine.owner, spec.made.join(', '));
  return `${holder}.${routine.name}(${args})`;
}
