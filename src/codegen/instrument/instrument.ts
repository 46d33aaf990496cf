import type { Fault, Monitoring } from '../../domain/fix.ts';
import type { Language } from '../../domain/trace.ts';
import { innermost } from '../../domain/trace.ts';
import type { Parser, SyntaxNode } from '../../ports/syntax-tree.ts';
import { addedLineNumbers } from '../line-diff.ts';
import { alertOn } from './alert.ts';
import type { Emission } from './emission.ts';
import { ownMonitoring, ownSignal } from './existing.ts';
import { routineAround, routineName, walk } from './grammar.ts';
import { guardIn } from './guard.ts';
import { withHead } from './head.ts';
import { emissionIn, type Signal, signalOf } from './signal.ts';
import { weaveGuard } from './weave-guard.ts';
import { weaveRethrow } from './weave-rethrow.ts';
import type { Woven } from './woven.ts';

/** One source file that a fix changed. */
export interface FixedFile {
  readonly file: string;
  readonly language: Language;
  readonly before: string;
  readonly after: string;
}

export interface Wish {
  readonly fixed: FixedFile;
  readonly fault: Fault;
  /** Libraries that the project declares. */
  readonly declared: ReadonlySet<string>;
}

export type Instrumented =
  | {
      readonly state: 'instrumented';
      /** The fix with its monitoring. */
      readonly text: string;
      /** The fault with the same monitoring. */
      readonly faulty: string;
      /** Lines of `text` that are monitoring's, or old code that it only indented; none that the fix itself wrote. */
      readonly lines: readonly number[];
      readonly kind: Emission['kind'];
      readonly monitoring: Monitoring;
    }
  /** The change brings monitoring of its own. */
  | { readonly state: 'has_its_own'; readonly monitoring: Monitoring }
  | { readonly state: 'without'; readonly why: string };

/**
 * Makes a fix tell when the invariant is violated again: at the guard that the fix added, or, where it added none, where
 * an error of the fault's class leaves the routine. A few lines, in the project's own library or logger.
 */
export async function instrument(wish: Wish, parser: Parser): Promise<Instrumented> {
  const { fixed } = wish;
  const own = ownSignal(fixed.before, fixed.after);
  if (own !== null) return { state: 'has_its_own', monitoring: ownMonitoring(own, fixed.file) };
  const trees = {
    before: await parser.parse(fixed.file, fixed.before),
    after: await parser.parse(fixed.file, fixed.after),
  };
  if (trees.after === null || trees.before === null || trees.after.hasError)
    return without('the file cannot be read as a syntax tree');
  const drafted = draft(wish, { before: trees.before, after: trees.after });
  if (typeof drafted === 'string') return without(drafted);
  return finish(wish, drafted, parser);
}

function without(why: string): Instrumented {
  return { state: 'without', why };
}

interface Draft {
  readonly woven: Woven;
  readonly signal: Signal;
  readonly emission: Emission;
}

interface Trees {
  readonly before: SyntaxNode;
  readonly after: SyntaxNode;
}

/** A sentence where there is no place for a signal. */
function draft(wish: Wish, trees: Trees): Draft | string {
  const errorType = wish.fault.trace === null ? null : innermost(wish.fault.trace).errorType;
  return atGuard(wish, trees, errorType) ?? onTheWayOut(wish, trees, errorType);
}

function planned({ fixed, declared }: Wish, routine: string, errorType: string | null): Omit<Draft, 'woven'> {
  const signal = signalOf(routine, errorType);
  return { signal, emission: emissionIn(fixed.language, { ...signal, text: fixed.after, declared }) };
}

/** Null where the fix adds no guard, or one that leaves no room. */
function atGuard(wish: Wish, trees: Trees, errorType: string | null): Draft | null {
  const { before, after, language } = wish.fixed;
  const guard = guardIn(trees.after, before, after);
  if (guard === null) return null;
  const plan = planned(wish, guard.routine, errorType);
  const woven = weaveGuard(guard.branch, { before, after }, language, plan.emission);
  return woven === null ? null : { ...plan, woven };
}

function onTheWayOut(wish: Wish, trees: Trees, errorType: string | null): Draft | string {
  const { before, after, language } = wish.fixed;
  if (errorType === null)
    return 'the fix adds no guard, and the fault is no error that could be seen leaving';
  const routine = routineOfFault(wish, trees);
  const name = routine === null ? null : routineName(routine);
  const fixed = name === null ? null : routineCalled(trees.after, name, routine?.line ?? 1);
  if (routine === null || name === null || fixed === null)
    return 'the fault lies in no routine that the fix changed';
  const plan = planned(wish, name, errorType);
  const rethrow = { language, errorType, emission: plan.emission };
  const [text, faulty] = [weaveRethrow(fixed, after, rethrow), weaveRethrow(routine, before, rethrow)];
  if (text === null || faulty === null) return `${name} leaves no room to see an error leaving`;
  const emitted = plan.emission.statement({ of: 'error', variable: language === 'go' ? 'r' : 'error' });
  return { ...plan, woven: { text, faulty, emitted } };
}

/** The routine of the base around the fault: by the trace, the suspects, or else what was changed first. */
function routineOfFault({ fixed, fault }: Wish, trees: Trees): SyntaxNode | null {
  const frames = fault.trace === null ? [] : innermost(fault.trace).frames;
  const places = [
    ...frames.flatMap(({ file, line }) => (line !== null && isSameFile(file, fixed.file) ? [line] : [])),
    ...fault.suspects.filter(({ file }) => file === fixed.file).map(({ line }) => line),
  ];
  const named = places.map((line) => routineAround(trees.before, line)).find((routine) => routine !== null);
  if (named !== undefined && named !== null) return named;
  const [line] = addedLineNumbers(fixed.before, fixed.after);
  const changed = line === undefined ? null : routineAround(trees.after, line);
  const name = changed === null ? null : routineName(changed);
  return name === null ? null : routineCalled(trees.before, name, changed?.line ?? 1);
}

function isSameFile(seen: string, file: string): boolean {
  const path = seen.replaceAll('\\', '/').replace(/^file:\/\//, '');
  return path === file || path.endsWith(`/${file}`) || file.endsWith(`/${path}`);
}

/** Of several with that name, the one nearest to a line. */
function routineCalled(root: SyntaxNode, name: string, line: number): SyntaxNode | null {
  const all = [...walk(root)].filter(
    (node) => node.field('body') !== null && routineAround(root, node.line) === node,
  );
  const found = all.filter((node) => routineName(node) === name);
  return found.toSorted((a, b) => Math.abs(a.line - line) - Math.abs(b.line - line))[0] ?? null;
}

/** Head and check: what cannot be read afterwards is not kept. */
async function finish(wish: Wish, { woven, signal, emission }: Draft, parser: Parser): Promise<Instrumented> {
  const { file, before, after, language } = wish.fixed;
  const texts = await Promise.all(
    [woven.text, woven.faulty].map(async (text) => {
      const root = await parser.parse(file, text);
      const whole = root === null ? text : withHead(root, text, emission, language);
      return (await parser.parse(file, whole))?.hasError === false ? whole : null;
    }),
  );
  const [text, faulty] = texts;
  if (text === null || text === undefined || faulty === null || faulty === undefined)
    return without('written into this file, it could not be read any more');
  const line = text.split('\n').findIndex((one) => one.includes(woven.emitted)) + 1;
  return {
    state: 'instrumented',
    text,
    faulty,
    lines: monitoringLines(before, after, text),
    kind: emission.kind,
    monitoring: {
      signal: emission.signal,
      library: emission.library,
      file,
      line,
      alert: alertOn(emission, signal.help),
    },
  };
}

/** What the fix itself wrote stays its own, also where monitoring has indented or broken the line. */
function monitoringLines(before: string, after: string, text: string): readonly number[] {
  const fixed = new Set(addedLineNumbers(before, after));
  const own = after.split('\n').filter((_, at) => fixed.has(at + 1));
  const lines = text.split('\n');
  return addedLineNumbers(after, text).filter((line) => {
    const said = (lines[line - 1] ?? '').trim().replace(/[\s{;:]+$/, '');
    return said === '' || !own.some((one) => one.includes(said));
  });
}
