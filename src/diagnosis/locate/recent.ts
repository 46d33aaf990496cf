import type { Change, Commit, Hunk } from '../../ports/repository.ts';
import type { Scope } from '../../ports/syntax.ts';
import { type Code, enclosingScope } from './code.ts';
import { RECENT } from './weights.ts';

/** So many commits are looked at. */
const MOST_COMMITS = 40;
const DAY = 86_400_000;

/** What changed lately in a function, class or file. */
export interface Recent {
  readonly file: string;
  readonly scope: Scope;
  /** First line of the change, in the file as it is now. */
  readonly line: number;
  readonly commit: Commit;
  /** (0,1]: 1 for the only function of the newest commit before the fault; less for older commits, larger ones, and among many. */
  readonly weight: number;
}

/**
 * The newest change of each function that changed lately, by the scope it is in. Most faults come with what changed last
 * before them (Hassan and Holt, "The Top Ten List: Dynamic Fault Prediction", 2005). A change after the fault came counts little; `seenFirst` is in epoch ms, 0 where it is not known.
 */
export async function recentlyChanged(code: Code, seenFirst: number): Promise<ReadonlyMap<Scope, Recent>> {
  const changes = await code.repository.changes(MOST_COMMITS);
  const isTooLate = ({ commit }: Change): boolean => seenFirst > 0 && commit.date > seenFirst;
  const newest = Math.max(...changes.filter((one) => !isTooLate(one)).map(({ commit }) => commit.date));
  const freshOf = (change: Change): number =>
    isTooLate(change)
      ? RECENT.tooLate
      : 0.5 ** (Math.max(0, newest - change.commit.date) / DAY / RECENT.halfLife);
  // Where much changed lately, each change says less.
  const crowd =
    Math.max(1, changes.reduce((sum, one) => sum + freshOf(one), 0) / RECENT.usual) ** RECENT.crowd;
  const found = new Map<Scope, Recent>();
  const later = new Map<string, (readonly Hunk[])[]>();
  for (const change of changes) {
    const { commit, hunks } = change;
    const fresh = freshOf(change) / crowd;
    const touched = [...Map.groupBy(hunks, ({ file }) => file)].flatMap(([file, own]) => {
      const lines = own.map(({ from }) => lineNow(from, later.get(file) ?? []));
      later.set(file, [...(later.get(file) ?? []), own]);
      return lines.flatMap((line) => touchedAt(file, line, code));
    });
    const size = new Set(touched.map(({ scope }) => scope)).size;
    for (const one of touched) {
      if (!found.has(one.scope)) found.set(one.scope, { ...one, commit, weight: fresh / Math.sqrt(size) });
    }
  }
  return found;
}

function touchedAt(
  file: string,
  line: number,
  code: Code,
): readonly Pick<Recent, 'file' | 'line' | 'scope'>[] {
  const scope = enclosingScope(code, file, line) ?? code.index.outlines.get(file)?.scopes[0];
  return scope === undefined ? [] : [{ file, line, scope }];
}

/** Where a line went through the changes that came after it, newest first. */
function lineNow(line: number, later: readonly (readonly Hunk[])[]): number {
  return later.reduceRight(lineAfter, line);
}

/** A line after one change of its file: shifted by what was added and removed above it, or the line that replaced it. */
function lineAfter(line: number, hunks: readonly Hunk[]): number {
  let shift = 0;
  for (const { from, lines, before } of hunks) {
    const starts = lines === 0 ? from + 1 : from;
    const at = line + shift - starts;
    if (at < 0) break;
    if (at < before) return starts + Math.max(0, Math.min(at, lines - 1));
    shift += lines - before;
  }
  return line + shift;
}
