import type { CodeLocation } from '../../domain/diagnosis.ts';
import { redact } from '../../domain/redact.ts';
import { type Code, enclosingScope } from './code.ts';
import { excerptOf } from './source-text.ts';

/** A place that may be at fault, before it is shown. */
export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly symbol: string | null;
  readonly score: number;
  readonly why: string;
}

/** Best first, at most `limit`, one place a function; scores are made relative to the best. */
export async function showSpots(
  spots: readonly Spot[],
  code: Code,
  limit: number,
): Promise<readonly CodeLocation[]> {
  const best = Math.max(...spots.map(({ score }) => score), 0);
  const shown: CodeLocation[] = [];
  const taken = new Set<string>();
  for (const spot of spots.toSorted((a, b) => b.score - a.score)) {
    if (shown.length === limit) break;
    const location = await show(spot, code, best);
    const key = `${location.file}#${location.symbol ?? location.line}`;
    if (taken.has(key)) continue;
    taken.add(key);
    shown.push(location);
  }
  return shown;
}

async function show(spot: Spot, code: Code, best: number): Promise<CodeLocation> {
  const lines = (await code.repository.read(spot.file))?.split('\n') ?? null;
  const known = lines !== null && spot.line <= lines.length;
  return {
    file: spot.file,
    line: spot.line,
    symbol: enclosingScope(code, spot.file, spot.line)?.name ?? spot.symbol,
    score: best > 0 ? Math.round((spot.score / best) * 100) / 100 : 0,
    why: spot.why,
    excerpt: known ? redact(excerptOf(lines, spot.line)) : null,
  };
}
