/** A place where lines were taken out, put in, or both. */
export interface Hunk {
  /** 1-based line of the new text where it begins; where nothing was put in, the line after what was taken out. */
  readonly from: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Texts that differ in more lines than this are one hunk. */
const MOST_EDITS = 800;

/** What makes one text of another, line by line, with as few lines as possible (Myers, 1986). */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  return joined(editsOf(left, right), left, right).map((hunk) => ({ ...hunk, from: hunk.from + head }));
}

/** 1-based lines of `after` that `before` does not have at their place. */
export function addedLineNumbers(before: string, after: string): readonly number[] {
  return hunksOf(before, after).flatMap(({ from, added }) => added.map((_, at) => from + at));
}

interface Edit {
  /** Places in both texts, 0-based, where the line is taken out or put in. */
  readonly x: number;
  readonly y: number;
  readonly kind: 'remove' | 'add';
}

/** The shortest script, in order. `reached[k]` is how far right diagonal k got. */
function editsOf(a: readonly string[], b: readonly string[]): readonly Edit[] {
  const steps: ReadonlyMap<number, number>[] = [];
  const reached = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_EDITS); d += 1) {
    steps.push(new Map(reached));
    for (let k = -d; k <= d; k += 2) {
      const x = followed(a, b, startOf(reached, k, d), k);
      reached.set(k, x);
      if (x >= a.length && x - k >= b.length) return scriptOf(steps, a.length, b.length);
    }
  }
  return [
    ...a.map((_, x): Edit => ({ x, y: 0, kind: 'remove' })),
    ...b.map((_, y): Edit => ({ x: a.length, y, kind: 'add' })),
  ];
}

function startOf(reached: ReadonlyMap<number, number>, k: number, d: number): number {
  const [fromAbove, fromLeft] = [reached.get(k + 1) ?? -1, reached.get(k - 1) ?? -1];
  return k === -d || (k !== d && fromLeft < fromAbove) ? fromAbove : fromLeft + 1;
}

function followed(a: readonly string[], b: readonly string[], start: number, k: number): number {
  let x = start;
  while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
  return x;
}

function scriptOf(steps: readonly ReadonlyMap<number, number>[], toX: number, toY: number): readonly Edit[] {
  const edits: Edit[] = [];
  let [x, y] = [toX, toY];
  for (let d = steps.length - 1; d > 0; d -= 1) {
    const reached = steps[d] ?? new Map<number, number>();
    const k = x - y;
    const isDown = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
    const from = isDown ? k + 1 : k - 1;
    x = reached.get(from) ?? 0;
    y = x - from;
    edits.push({ x, y, kind: isDown ? 'add' : 'remove' });
  }
  return edits.reverse();
}

/** Edits that touch each other are one hunk. */
function joined(edits: readonly Edit[], a: readonly string[], b: readonly string[]): readonly Hunk[] {
  const hunks: { from: number; added: string[]; removed: string[]; x: number; y: number }[] = [];
  for (const { x, y, kind } of edits) {
    let last = hunks.at(-1);
    if (last === undefined || last.x !== x || last.y !== y) {
      last = { from: y + 1, added: [], removed: [], x, y };
      hunks.push(last);
    }
    if (kind === 'add') {
      last.added.push(b[y] ?? '');
      last.y += 1;
    } else {
      last.removed.push(a[x] ?? '');
      last.x += 1;
    }
  }
  return hunks.map(({ from, added, removed }) => ({ from, added, removed }));
}
