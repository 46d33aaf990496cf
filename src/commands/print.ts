import { stripVTControlCharacters, styleText } from 'node:util';
import type { Io } from './context.ts';

export type Style = Parameters<typeof styleText>[0];

/** What a command writes with. Data goes to stdout, everything else to stderr. */
export interface Printer {
  /** `--json`: stdout is one JSON document. */
  readonly json: boolean;
  readonly columns: number;
  /** One line of what was asked for; nothing under `--json`. */
  line(text?: string): void;
  /** The JSON document; nothing without `--json`. */
  data(value: unknown): void;
  /** A word to the person beside the data: progress, hints. */
  note(text: string): void;
  paint(style: Style, text: string): string;
}

type Env = Readonly<Record<string, string | undefined>>;

const NARROWEST = 40;
const PIPED_COLUMNS = 120;

export function createPrinter(io: Io, env: Env, json: boolean): Printer {
  const color = wantsColor(io.stdout, env);
  const columns = io.stdout.isTTY ? io.stdout.columns || 80 : PIPED_COLUMNS;
  return {
    json,
    columns: Math.max(NARROWEST, columns),
    line: (text = '') => void (json || io.stdout.write(`${text}\n`)),
    data: (value) => void (json && io.stdout.write(`${JSON.stringify(value, null, 2)}\n`)),
    note: (text) => void io.stderr.write(`${text}\n`),
    paint: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
  };
}

/** https://no-color.org and FORCE_COLOR; else colours are for terminals. */
export function wantsColor(stream: { readonly isTTY?: boolean }, env: Env): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** Text of a watched program on one line, without anything that could drive the terminal. */
export function clean(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  return stripVTControlCharacters(text).replaceAll(
    /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g,
    ' ',
  );
}

export interface Column {
  readonly title: string;
  /** Takes what is left of the width, and is cut when that is not enough. One column of a table may. */
  readonly grows?: boolean;
  readonly right?: boolean;
}

const GAP = '  ';
const NARROWEST_COLUMN = 12;

/** Lines of a table that fits `width`. Cells are cleaned and cut with `…`; colours are put on afterwards. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const cells = rows.map((row) => columns.map((_, at) => clean(row[at] ?? '')));
  const natural = columns.map(({ title }, at) =>
    Math.max(...[title, ...cells.map((row) => row[at] ?? '')].map(widthOf)),
  );
  const total = natural.reduce((sum, one) => sum + one, 0) + GAP.length * (columns.length - 1);
  const widths = natural.map((one, at) =>
    columns[at]?.grows === true ? Math.min(one, Math.max(NARROWEST_COLUMN, one - (total - width))) : one,
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => fit(text, widths[at] ?? 0, columns[at]?.right === true))
      .join(GAP)
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...cells.map(line)];
}

/** Exactly `width` columns: cut with `…` or padded. */
export function fit(text: string, width: number, right = false): string {
  const cut = cutTo(text, width);
  const pad = ' '.repeat(Math.max(0, width - widthOf(cut)));
  return right ? pad + cut : cut + pad;
}

/** At most `width` columns. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let cut = '';
  for (const sign of text) {
    if (widthOf(cut) + widthOf(sign) > width - 1) break;
    cut += sign;
  }
  return `${cut}…`;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const ZERO = /[\p{Mn}\p{Me}\u200b-\u200d\ufe0f]/u;

/** Columns that a text takes on a terminal (East Asian wide signs and emoji take two). */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of stripVTControlCharacters(text)) width += ZERO.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1;
  return width;
}

/** Words wrapped to `width`, each line after `indent`. Long words are not broken. */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(' ')) {
      const last = lines.at(-1);
      if (last !== undefined && widthOf(last) + widthOf(word) + 1 <= width)
        lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(indent + word);
    }
    return lines;
  });
}

/** How long ago, in one short word: `now`, `42s`, `5m`, `3h`, `2d`. */
export function ago(then: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(then)) / 1000));
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
