import { isTestFile } from '../../domain/test-file.ts';
import { causesFirst, innermost, type StackTrace } from '../../domain/trace.ts';
import { type MappedFrame, mapFrames } from '../frames.ts';
import { type Packages, publishedPackages } from '../installed.ts';
import { atSource } from '../source-maps.ts';
import { bareName, type Code, enclosingScope } from './code.ts';
import { isAside } from './source-text.ts';
import type { Spot } from './spot.ts';
import { TRACE } from './weights.ts';

const MOST_FRAMES = 8;

/** What a trace leads to; `exact` when the innermost place is surely the line that threw. */
export interface Traced {
  readonly spots: readonly Spot[];
  readonly exact: boolean;
}

/** Places from the frames of a stack trace. */
export async function fromTrace(trace: StackTrace, code: Code): Promise<Traced> {
  const { repository } = code;
  const files = await repository.files();
  const written = await atSource(trace, repository, files);
  const frames = distinct(mapFrames(written, files, await packagesOf(written, code, files))).slice(
    0,
    MOST_FRAMES,
  );
  const checked = await Promise.all(frames.map((frame) => checkedFrame(frame, code)));
  const isTest = checked.every(({ file }) => isTestFile(file));
  const spots = checked.map((frame, rank) => ({
    file: frame.file,
    line: frame.line,
    symbol: frame.symbol,
    score: TRACE.fade ** rank * (isTest ? 1 : weightOf(frame, code)),
    why: whyOf(frame, rank, trace),
  }));
  return { spots, exact: checked[0]?.exact ?? false };
}

/** Manifests are read only where a frame is of an installed package. */
async function packagesOf(
  trace: StackTrace,
  { repository }: Code,
  files: readonly string[],
): Promise<Packages> {
  const isInstalled = causesFirst(trace).some(({ frames }) => frames.some(({ inApp }) => !inApp));
  return isInstalled ? publishedPackages(repository, files) : new Map();
}

/** Once for each place: what calls itself fills a trace with one. */
function distinct(frames: readonly MappedFrame[]): readonly MappedFrame[] {
  return [
    ...new Map(frames.toReversed().map((one) => [`${one.file}:${one.line}`, one])).values(),
  ].toReversed();
}

/** Less for a test, and for a function that only throws what its caller found. */
function weightOf({ file, line }: MappedFrame, code: Code): number {
  const scope = enclosingScope(code, file, line);
  const onlyThrows = scope !== null && THROWER.test(bareName(scope.name)) && scope.to - scope.from < SHORT;
  return (isAside(file) ? TRACE.aside : 1) * (onlyThrows ? TRACE.thrower : 1);
}

/** `assertPositive`, `ensure`, `mustParse`, `throwIfClosed`, in few lines. */
const THROWER = /^(?:[Aa]ssert|[Ii]nvariant|[Ee]nsure|[Mm]ust|[Ff]ail|[Tt]hrow|[Pp]anic|[Rr]aise)(?![a-z])/;
const SHORT = 8;

/**
 * A line of a compiled file, or of another version, says little about this source: then the function of the frame's name is
 * shown. A file that does not even hold that name is not the file that ran.
 */
async function checkedFrame(frame: MappedFrame, { repository, index }: Code): Promise<MappedFrame> {
  const lines = (await repository.read(frame.file))?.split('\n');
  const { symbol } = frame;
  if (lines === undefined || symbol === null) return frame;
  const named = (index.outlines.get(frame.file)?.scopes ?? []).filter(
    ({ name }) => bareName(name) === symbol,
  );
  const isIn = named.some(({ from, to }) => from <= frame.line && frame.line <= to);
  if (frame.exact && (isIn || named.length === 0)) {
    return isWrittenIn(lines, frame.line, symbol) ? frame : { ...frame, exact: false };
  }
  const [nearest] = named.toSorted((a, b) => Math.abs(a.from - frame.line) - Math.abs(b.from - frame.line));
  return { ...frame, exact: false, line: nearest?.from ?? Math.min(frame.line, lines.length) };
}

function isWrittenIn(lines: readonly string[], line: number, symbol: string): boolean {
  return line <= lines.length && lines.some((text) => text.includes(symbol));
}

function whyOf({ exact }: MappedFrame, rank: number, trace: StackTrace): string {
  const what =
    rank === 0
      ? `${innermost(trace).errorType} was thrown here`
      : `on the way to it, ${rank} call${rank > 1 ? 's' : ''} up`;
  return exact ? what : `${what} (the file that ran is another build of this one)`;
}
