/** One value of a series, and what was usual then. Times in epoch ms. */
export interface ChartPoint {
  readonly time: number;
  readonly value: number;
  readonly expected: readonly [low: number, high: number] | null;
}

export interface ChartOptions {
  /** Columns in all, those of the labels included. */
  readonly width: number;
  /** Lines of the plot itself. */
  readonly height: number;
  /** Where the terminal knows more than ASCII: lines of braille dots, eight to a sign. */
  readonly unicode: boolean;
  /** Counts stand on 0. */
  readonly bars: boolean;
}

/** A stretch of a line: a value, one outside of the usual range, the usual range itself, or what stands around. */
export interface Run {
  readonly text: string;
  readonly look: 'value' | 'strange' | 'usual' | 'plain';
}

export interface Chart {
  readonly lines: readonly (readonly Run[])[];
  /** Column of a time, counted from the left edge. */
  column(time: number): number;
}

/** Values as a line (or bars) over the band of what was usual. Points are in order of time, at least one. */
export function chart(points: readonly ChartPoint[], options: ChartOptions): Chart {
  const scale = scaleOf(points, options.bars);
  const labels = labelsOf(scale, options.height);
  const left = Math.max(...labels.map((label) => label.length)) + 2;
  const grid = gridOf(points, scale, { ...options, width: Math.max(8, options.width - left) });
  const edge = options.unicode ? '┤' : '|';
  const lines = labels.map((label, row) => [
    { text: `${label.padStart(left - 2)} ${edge}`, look: 'plain' as const },
    ...runsOf(grid, row),
  ]);
  return { lines, column: (time) => left + Math.floor(grid.x(time) / grid.dots.across) };
}

interface Scale {
  readonly low: number;
  readonly high: number;
}

/** All values; the usual range as far as it does not make them flat. */
function scaleOf(points: readonly ChartPoint[], bars: boolean): Scale {
  const values = points.map(({ value }) => value);
  const low = bars ? 0 : Math.min(...values);
  const high = Math.max(...values);
  const room = high - low || Math.abs(high) || 1;
  const ends = points.flatMap(({ expected }) => expected ?? []);
  const lowest = bars ? 0 : Math.max(low - room, Math.min(low, ...ends));
  const highest = Math.min(high + room, Math.max(high, ...ends));
  return lowest === highest ? { low: lowest - room, high: highest + room } : { low: lowest, high: highest };
}

function labelsOf({ low, high }: Scale, height: number): readonly string[] {
  return Array.from({ length: height }, (_, row) => {
    if (row === 0) return short(high);
    return row === height - 1 ? short(low) : '';
  });
}

function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-3)) return value.toExponential(1);
  return size >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

interface Grid {
  readonly width: number;
  readonly height: number;
  readonly unicode: boolean;
  /** Dots in one sign. */
  readonly dots: { readonly across: number; readonly down: number };
  /** Dots that are set, one mask a sign, line after line. */
  readonly masks: Uint8Array;
  readonly scale: Scale;
  /** What was usual in each column, and whether a value was outside. */
  readonly usual: readonly ChartPoint['expected'][];
  readonly strange: readonly boolean[];
  /** Column of dots of a time. */
  x(time: number): number;
}

const BRAILLE = { across: 2, down: 4 };
const SINGLE = { across: 1, down: 1 };

function gridOf(points: readonly ChartPoint[], scale: Scale, options: ChartOptions): Grid {
  const { width, height, unicode, bars } = options;
  const dots = unicode ? BRAILLE : SINGLE;
  const first = points[0]?.time ?? 0;
  const span = Math.max(1, (points.at(-1)?.time ?? 0) - first);
  const x = (time: number) => {
    const share = Math.max(0, Math.min(1, (time - first) / span));
    return Math.round(share * (width * dots.across - 1));
  };
  const columnOf = (time: number) => Math.floor(x(time) / dots.across);
  const usual: ChartPoint['expected'][] = Array.from({ length: width }, () => null);
  const strange = Array.from({ length: width }, () => false);
  for (const [i, { time, value, expected }] of points.entries()) {
    const next = points[i + 1];
    usual.fill(expected, columnOf(time), next === undefined ? width : columnOf(next.time) + 1);
    if (expected !== null && (value < expected[0] || value > expected[1])) strange[columnOf(time)] = true;
  }
  const masks = new Uint8Array(width * height);
  const grid = { width, height, unicode, dots, masks, scale, usual, strange, x };
  if (bars) drawBars(grid, points);
  else drawLine(grid, points);
  return grid;
}

function drawLine(grid: Grid, points: readonly ChartPoint[]): void {
  for (const [i, point] of points.entries()) {
    const before = points[i - 1] ?? point;
    const [fromX, fromY] = [grid.x(before.time), yOf(grid, before.value)];
    const [toX, toY] = [grid.x(point.time), yOf(grid, point.value)];
    const steps = Math.max(1, Math.abs(toX - fromX), Math.abs(toY - fromY));
    for (let step = 0; step <= steps; step += 1) {
      const share = step / steps;
      setDot(grid, Math.round(fromX + share * (toX - fromX)), Math.round(fromY + share * (toY - fromY)));
    }
  }
}

function drawBars(grid: Grid, points: readonly ChartPoint[]): void {
  for (const { time, value } of points) {
    if (value === 0) continue;
    const top = yOf(grid, value);
    const left = grid.x(time) - (grid.x(time) % grid.dots.across);
    for (let y = top; y < grid.height * grid.dots.down; y += 1) {
      for (let dot = 0; dot < grid.dots.across; dot += 1) setDot(grid, left + dot, y);
    }
  }
}

/** Line of dots of a value, 0 at the top. */
function yOf({ scale, height, dots }: Grid, value: number): number {
  const share = (value - scale.low) / (scale.high - scale.low);
  return Math.round((1 - Math.max(0, Math.min(1, share))) * (height * dots.down - 1));
}

/** Bits of a braille sign, by column and line of its dots (Unicode 2800). */
const BITS: readonly (readonly number[])[] = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
];

function setDot({ masks, width, dots }: Grid, x: number, y: number): void {
  const at = Math.floor(y / dots.down) * width + Math.floor(x / dots.across);
  masks[at] = (masks[at] ?? 0) | (BITS[x % dots.across]?.[y % dots.down] ?? 0);
}

/** One line of the plot, its signs of one look together. */
function runsOf(grid: Grid, row: number): readonly Run[] {
  const runs: { text: string; look: Run['look'] }[] = [];
  for (let column = 0; column < grid.width; column += 1) {
    const { text, look } = signAt(grid, row, column);
    const last = runs.at(-1);
    if (last?.look === look) last.text += text;
    else runs.push({ text, look });
  }
  return runs;
}

function signAt(grid: Grid, row: number, column: number): Run {
  const mask = grid.masks[row * grid.width + column] ?? 0;
  if (mask !== 0) {
    const text = grid.unicode ? String.fromCodePoint(0x2800 + mask) : '*';
    return { text, look: grid.strange[column] === true ? 'strange' : 'value' };
  }
  const expected = grid.usual[column] ?? null;
  if (expected === null || !isWithin(grid, row, expected)) return { text: ' ', look: 'plain' };
  return { text: grid.unicode ? '░' : '.', look: 'usual' };
}

/** Does the sign's stretch of the scale touch the range? */
function isWithin({ scale, height }: Grid, row: number, [low, high]: readonly [number, number]): boolean {
  const step = (scale.high - scale.low) / height;
  const top = scale.high - row * step;
  return low <= top && high >= top - step;
}
