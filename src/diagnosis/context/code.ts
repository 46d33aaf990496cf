import type { CodeLocation } from '../../domain/diagnosis.ts';
import type { Candidate } from './candidate.ts';
import { WORTH } from './weights.ts';

/** The code of the suspects, each with why it is one; shortened around its own line. */
export function codeItems(suspects: readonly CodeLocation[]): readonly Candidate[] {
  return suspects.map(({ file, line, symbol, score, why, excerpt }, i) => {
    const text = `${why}\n${excerpt ?? ''}`;
    return {
      id: `S${i + 1}`,
      kind: 'code',
      title: `${file}:${line}${symbol === null ? '' : ` ${symbol}`}`,
      time: null,
      text,
      weight: WORTH.code * (0.4 + 0.6 * score),
      focus: Math.max(
        0,
        text.split('\n').findIndex((row) => row.startsWith('>')),
      ),
    };
  });
}
