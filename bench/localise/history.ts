import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { integerBetween, pick, type Random } from '../detection/random.ts';

/** One commit: a file's new text. */
export interface Change {
  readonly file: string;
  readonly text: string;
  /** What it touches, for its subject. */
  readonly symbol: string;
}

/** The history of a case on top of a tree that all cases share: some files as they once were, then one change after the other. */
export interface History {
  /** Its branch; `case-` and its number where none is named. */
  readonly branch?: string;
  readonly once: ReadonlyMap<string, string>;
  readonly changes: readonly Change[];
}

const BEGIN = Date.UTC(2025, 5, 1) / 1000;
/** The last commit is made within the day before the night of the logs. */
const LAST = Date.UTC(2026, 2, 1, 9) / 1000;
const DAY = 86_400;
/** The longest time of the commits, in days. */
const SPAN = 40;

const AUTHORS = [
  'Ada Meyer <ada@example.org>',
  'Ben Okoro <ben@example.org>',
  'Chen Li <chen@example.org>',
] as const;
const SUBJECTS = [
  (symbol: string) => `simplify ${symbol}`,
  (symbol: string) => `${symbol}: one more case`,
  (symbol: string) => `review of ${symbol}`,
  (symbol: string) => `make ${symbol} easier to read`,
  (symbol: string) => `rework ${symbol}`,
  (symbol: string) => `${symbol} takes less for granted`,
] as const;

export function git(repository: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', args, {
    cwd: repository,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** The tree of all that lies in the folder of a new repository. */
export function initialTree(repository: string): string {
  git(repository, 'init', '-q');
  git(repository, 'config', 'gc.auto', '0');
  git(repository, 'add', '-A', '-f');
  return git(repository, 'write-tree');
}

/** Writes the histories in one go (`git fast-import`); for each the ids of its changes, oldest first. */
export function writeHistories(
  repository: string,
  tree: string,
  histories: readonly History[],
  random: Random,
): readonly (readonly string[])[] {
  const marks = marksOf(histories);
  const input = histories
    .map((one, i) => historyText(one, one.branch ?? `case-${i}`, { tree, marks: marks[i] ?? [] }, random))
    .join('');
  const written = join(repository, '.git', 'marks-of-cases');
  execFileSync('git', ['fast-import', '--quiet', '--force', `--export-marks=${written}`], {
    cwd: repository,
    input,
  });
  const ids = new Map(
    readFileSync(written, 'utf8')
      .split('\n')
      .map((line): [string, string] => splitMark(line)),
  );
  return marks.map(([, ...changes]) => changes.map((mark) => ids.get(`:${mark}`) ?? ''));
}

/** A number for each commit; the first of a history is that of its beginning. */
function marksOf(histories: readonly History[]): readonly (readonly number[])[] {
  let next = 1;
  return histories.map(({ changes }) => Array.from({ length: changes.length + 1 }, () => next++));
}

function splitMark(line: string): [mark: string, id: string] {
  const [mark = '', id = ''] = line.split(' ');
  return [mark, id];
}

interface Numbered {
  readonly tree: string;
  readonly marks: readonly number[];
}

function historyText(
  { once, changes }: History,
  branch: string,
  { tree, marks }: Numbered,
  random: Random,
): string {
  const commit = (mark: number | undefined, date: number, subject: string): string => {
    const who = `${pick(random, AUTHORS)} ${date} +0000`;
    return `commit refs/heads/${branch}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n${dataText(subject)}`;
  };
  const [first, ...rest] = marks;
  const days = Math.floor((Math.min(SPAN, 5 * changes.length) / Math.max(1, changes.length)) * DAY);
  const steps = changes.map(({ file, text, symbol }, i) => {
    const date = LAST - (changes.length - 1 - i) * days - integerBetween(random, 0, Math.floor(days / 5));
    return commit(rest[i], date, pick(random, SUBJECTS)(symbol)) + fileText(file, text);
  });
  const before = [...once].map(([file, text]) => fileText(file, text));
  const root = `${commit(first, BEGIN, 'the code of the night')}M 040000 ${tree} \n`;
  return [`reset refs/heads/${branch}\n`, root, ...before, ...steps].join('');
}

function fileText(file: string, text: string): string {
  return `M 100644 inline ${file}\n${dataText(text)}`;
}

function dataText(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
