import { posix } from 'node:path';
import type { CodeLocation } from '../../domain/diagnosis.ts';
import type { Fault } from '../../domain/fix.ts';
import { innermost } from '../../domain/trace.ts';
import type { Files } from '../../ports/files.ts';
import type { Parser } from '../../ports/syntax-tree.ts';
import { type Candidate, edited } from './candidate.ts';
import { candidatesAt } from './candidates.ts';
import { type Crash, crashOf } from './crash.ts';
import type { Routine } from './dialect.ts';
import { argumentsFor } from './inputs/arguments.ts';
import { type Entry, entriesOf, throughConstructor } from './inputs/entry.ts';
import { seedsOf } from './inputs/seeds.ts';
import { typesOf } from './inputs/typed/types.ts';
import { type Scope, SELF } from './path.ts';
import type { Place } from './place.ts';
import { type Program, programOf, routineAt, type Source } from './program.ts';
import { importedBy, sourceReader } from './reading.ts';
import { type Neighbour, neighbourOf } from './tests/neighbour.ts';
import type { NewFile } from './tests/spec.ts';
import { writeTest } from './tests/write-test.ts';

/** A change of one routine and the test that shows it: both whole files. */
export interface Proposal {
  /** One sentence. */
  readonly does: string;
  readonly source: NewFile;
  readonly test: NewFile;
}

export type Proposed =
  | { readonly proposals: readonly [Proposal, ...Proposal[]] }
  | { readonly proposals: readonly []; readonly why: string };

const none = (why: string): Proposed => ({ proposals: [], why });

/**
 * Repairs for a crash, likeliest first, each with its reproducing test; none, and why, where the crash has no known shape
 * or no input can be told that brings it about.
 */
export async function propose(fault: Fault, files: Files, parser: Parser): Promise<Proposed> {
  const trace = fault.trace === null ? null : innermost(fault.trace);
  if (trace === null) return none('there is no stack trace to repair from');
  const crash = crashOf(trace);
  if (crash === null) return none(`no local repair is known for ${trace.errorType}`);
  const read = sourceReader(files, parser);
  const whys: string[] = [];
  for (const suspect of fault.suspects.slice(0, 3)) {
    const found = await proposeAt({ suspect, crash, files, read });
    const [first, ...rest] = found.proposals;
    if (first !== undefined) return { proposals: [first, ...rest] };
    if ('why' in found) whys.push(found.why);
  }
  return none(whys[0] ?? 'no place in the code is suspected');
}

interface At {
  readonly suspect: CodeLocation;
  readonly crash: Crash;
  readonly files: Files;
  readonly read: (file: string) => Promise<Source | null>;
}

async function proposeAt({ suspect, crash, files, read }: At): Promise<Proposed> {
  const where = `${suspect.file}:${suspect.line}`;
  const source = await read(suspect.file);
  if (source === null) return none(`${where} cannot be read as source code`);
  const program = programOf(source, await importedBy(source, files, read));
  const routine = routineAt(program.routines, suspect.line);
  if (routine === null) return none(`${where} is in no function that has a name`);
  const candidates = candidatesAt(placeOf({ program, routine, crash, line: suspect.line }));
  if (candidates.length === 0) return none(`nothing at ${where} has the shape of a known repair`);
  const neighbour = await neighbourOf(source, files, read);
  const tests = { program, routine, neighbour, manifest: await manifestOf(suspect.file, files) };
  const [first, ...rest] = proposalsOf(candidates, tests);
  return first === undefined
    ? none(`no input is known that makes ${where} fail`)
    : { proposals: [first, ...rest] };
}

function placeOf(at: Pick<Place, 'routine' | 'crash' | 'line'> & { readonly program: Program }): Place {
  const { program, routine, crash, line } = at;
  const { text, dialect } = program.suspect;
  return { crash, text, line, routine, dialect, scope: scopeOf(program, routine) };
}

function scopeOf({ suspect, known }: Program, routine: Routine): Scope {
  return { routine, reading: suspect.dialect.reading, known };
}

interface Tests {
  readonly program: Program;
  readonly routine: Routine;
  readonly neighbour: Neighbour | null;
  readonly manifest: string;
}

/** The best input of every candidate, then the second best of every candidate. */
function proposalsOf(candidates: readonly Candidate[], tests: Tests): readonly Proposal[] {
  const all = candidates.map((candidate) => testsOf(candidate, tests).map((test) => ({ candidate, test })));
  const most = Math.max(...all.map((one) => one.length));
  const ordered = Array.from({ length: most }, (_, at) => all.flatMap((one) => one[at] ?? [])).flat();
  const { suspect } = tests.program;
  return ordered.map(({ candidate, test }) => ({
    does: `${titleOf(tests.routine)} ${candidate.does}`,
    source: { file: suspect.file, text: edited(suspect.text, candidate.edits) },
    test,
  }));
}

function testsOf(candidate: Candidate, tests: Tests): readonly NewFile[] {
  const entries = entriesOf(candidate, tests.routine, tests.program);
  const all = entries.flatMap((entry) => testsAt(entry, candidate, tests));
  return all.filter((test, at) => all.findIndex((other) => other.text === test.text) === at);
}

function testsAt(entry: Entry, candidate: Candidate, tests: Tests): readonly NewFile[] {
  const { program, neighbour, manifest } = tests;
  const { suspect: source } = program;
  const { routine } = entry;
  const scope = scopeOf(program, routine);
  const made = madeBy(entry, tests);
  if (made === undefined) return [];
  const causes = entry.causes.filter(({ path }) => path.parameter !== SELF);
  const isOwn = routine === tests.routine;
  const seeds = source.dialect.language === 'go' && routine.needsObject ? [] : seedsOf(routine, neighbour);
  const types = typesOf(program);
  return [!isOwn, isOwn].map((isPoking) => {
    const given = argumentsFor({ routine, causes, scope, source, types, seeds, isPoking });
    const title = `${titleOf(tests.routine)} ${candidate.does}`;
    return writeTest({ title, name: tests.routine.name, source, entry, ...given, made, neighbour, manifest });
  });
}

function titleOf({ owner, name }: Routine): string {
  return owner === null ? name : `${owner}.${name}`;
}

const CONSTRUCTORS = new Set(['constructor', '__init__', 'initialize']);

/** Arguments of the constructor; null where no object is needed, undefined where none can be made. */
function madeBy(entry: Entry, { program }: Tests): readonly string[] | null | undefined {
  const { routine, causes } = entry;
  if (!routine.needsObject || program.suspect.dialect.language === 'go') return null;
  const own = causes.filter(({ path }) => path.parameter === SELF);
  const made = program.routines.find(({ owner, name }) => owner === routine.owner && CONSTRUCTORS.has(name));
  if (made === undefined) return own.length === 0 ? [] : undefined;
  const { suspect: source } = program;
  const moved = throughConstructor(own, made, source.dialect.reading);
  if (moved.length < own.length) return undefined;
  const scope = scopeOf(program, made);
  return argumentsFor({
    routine: made,
    causes: moved,
    scope,
    source,
    types: typesOf(program),
    seeds: [],
    isPoking: false,
  }).args;
}

const MANIFESTS = ['package.json', 'pyproject.toml', 'pom.xml', 'Gemfile'];

/** The nearest manifest's text. */
async function manifestOf(file: string, files: Files): Promise<string> {
  for (let dir = posix.dirname(file); ; dir = posix.dirname(dir)) {
    for (const name of MANIFESTS) {
      const text = await files.read(posix.join(dir, name));
      if (text !== null) return text;
    }
    if (dir === '.' || dir === '/') return '';
  }
}
