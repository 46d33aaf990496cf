import { stripVTControlCharacters } from 'node:util';

/** Text of a watched program on one line, without anything that could drive the terminal. */
export function clean(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
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

/** Blocks of signs that take two columns: first and last code point (Unicode, East Asian Width W and F, emoji). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** Columns that a text takes on a terminal (East Asian wide signs and emoji take two). */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of stripVTControlCharacters(text)) width += columnsOf(sign);
  return width;
}

function columnsOf(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (NO_WIDTH.test(sign)) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
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
