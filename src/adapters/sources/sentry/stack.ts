import type { Frame, Language, StackTrace } from '../../../domain/trace.ts';
import type { SentryException, SentryFrame } from './payloads.ts';

const MOST_CAUSES = 10;
const MOST_FRAMES = 100;
const LONGEST_MESSAGE = 10_000;

/**
 * The exceptions of an event as one trace; null where its language is none that we read. Sentry sends the oldest first: the
 * last was caught, and each was caused by the one before it, unless their `mechanism` names a parent.
 */
export function stackOf(exceptions: readonly SentryException[], platform: string | null): StackTrace | null {
  const language = languageOf(exceptions, platform);
  const last = exceptions.length - 1;
  return language === null || last < 0 ? null : traceOf(exceptions, last, { language, depth: MOST_CAUSES });
}

function traceOf(
  exceptions: readonly SentryException[],
  index: number,
  { language, depth }: { readonly language: Language; readonly depth: number },
): StackTrace {
  const { type, value, stacktrace } = exceptions[index] ?? {};
  const cause = depth > 1 ? causeOf(exceptions, index) : null;
  return {
    language,
    errorType: type ?? 'Error',
    message: (value ?? '').slice(0, LONGEST_MESSAGE),
    frames: (stacktrace?.frames ?? []).slice(-MOST_FRAMES).reverse().map(frameOf),
    cause: cause === null ? null : traceOf(exceptions, cause, { language, depth: depth - 1 }),
  };
}

/** Its cause by name, of a group the first of its errors; where no parents are named, the exception before it. */
function causeOf(exceptions: readonly SentryException[], index: number): number | null {
  if (exceptions.every(({ mechanism }) => (mechanism?.parent_id ?? null) === null))
    return index > 0 ? index - 1 : null;
  const id = exceptions[index]?.mechanism?.exception_id ?? null;
  const children = exceptions
    .map(({ mechanism }, at) => ({ at, mechanism }))
    .filter(({ at, mechanism }) => at < index && id !== null && mechanism?.parent_id === id)
    .toSorted((a, b) => (a.mechanism?.exception_id ?? 0) - (b.mechanism?.exception_id ?? 0));
  const named = children.find(({ mechanism }) => /^(?:__)?(?:cause|context)/.test(mechanism?.source ?? ''));
  return (named ?? children[0])?.at ?? null;
}

function frameOf(frame: SentryFrame): Frame {
  const file = fileOf(frame);
  const symbol = frame.function ?? '';
  return {
    file,
    line: frame.lineno || null,
    column: frame.colno || null,
    symbol: NAMELESS.has(symbol) ? null : symbol,
    inApp: frame.in_app ?? isApplication(file),
  };
}

const NAMELESS: ReadonlySet<string> = new Set(['', '?', '<anonymous>', '<module>', '<unknown>']);

/** The JVM names a class and a file without a folder: the package is the folder. */
function fileOf({ abs_path, filename, module }: SentryFrame): string {
  const file = (abs_path ?? filename ?? '').replace(/^file:\/\//, '');
  if (!JVM_FILE.test(file) || module === null || module === undefined) return file || (module ?? '<unknown>');
  const dot = module.lastIndexOf('.');
  return dot < 0 ? file : `${module.slice(0, dot).replaceAll('.', '/')}/${file}`;
}

const JVM_FILE = /^[\w$-]+\.(?:java|kt|scala|groovy)$/;

function isApplication(file: string): boolean {
  return !/^(?:node:|<)|[\\/](?:node_modules|site-packages|dist-packages|gems|vendor)[\\/]/.test(file);
}

const PLATFORMS: ReadonlyMap<string, Language> = new Map<string, Language>([
  ['javascript', 'javascript'],
  ['node', 'javascript'],
  ['python', 'python'],
  ['go', 'go'],
  ['java', 'java'],
  ['ruby', 'ruby'],
]);
const ENDINGS: readonly (readonly [RegExp, Language])[] = [
  [/\.[cm]?tsx?$/, 'typescript'],
  [/\.[cm]?jsx?$/, 'javascript'],
  [/\.py$/, 'python'],
  [/\.go$/, 'go'],
  [/\.(?:java|kt|scala|groovy)$/, 'java'],
  [/\.rb$/, 'ruby'],
];

/** By the platform that the SDK names, and the innermost file of the application: only the file tells of TypeScript. */
function languageOf(exceptions: readonly SentryException[], platform: string | null): Language | null {
  const named = PLATFORMS.get(platform ?? 'other') ?? null;
  const byFile = languageOfFile(exceptions.at(-1)?.stacktrace?.frames ?? []);
  if (platform === null || platform === 'other') return byFile;
  return named === 'javascript' && byFile === 'typescript' ? byFile : named;
}

function languageOfFile(frames: readonly SentryFrame[]): Language | null {
  const frame = frames.findLast(({ in_app }) => in_app === true) ?? frames.at(-1);
  if (frame === undefined) return null;
  const file = fileOf(frame).replace(/[?#].*$/, '');
  return ENDINGS.find(([ending]) => ending.test(file))?.[1] ?? null;
}
