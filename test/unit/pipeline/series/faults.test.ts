import { describe, expect, it } from 'vitest';
import { openings, pipelineOf, pushLines, requestLine, T0 } from '../../../support/log-lines.ts';

/** An exception as pino writes it; `kind` makes it another one. */
function thrown(time: number, kind: string): string {
  const stack = `${kind}Error: no\n    at run (/srv/app/src/${kind}.js:3:4)`;
  const err = { type: `${kind}Error`, message: 'no', stack };
  return JSON.stringify({ time, level: 50, msg: 'job failed', err });
}

/** A program whose errors are new all the time, so that a new one is no news. */
function troubled(): readonly string[] {
  const letters = (n: number) =>
    n.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
  return Array.from({ length: 400 }, (_, i) => thrown(T0 + i * 5000, `Odd${letters(i)}`));
}

describe('how often one exception is thrown', () => {
  it('is told under its own fingerprint when it becomes many times the usual', () => {
    const from = T0 + 400 * 5000;
    const burst = from + 4_000_000;
    const lines = [
      ...troubled(),
      ...Array.from({ length: 22_000 }, (_, i) => requestLine(from + i * 200, '/a', 5)),
      ...Array.from({ length: 400 }, (_, i) => thrown(from + i * 10_000, 'Refused')),
      ...Array.from({ length: 400 }, (_, i) => thrown(burst + i * 500, 'Refused')),
    ].toSorted((a, b) => timeOf(a) - timeOf(b));
    const found = openings(pushLines(pipelineOf({ bucketSeconds: 10 }), lines)).filter(
      ({ timestamp }) => timestamp >= burst,
    );
    expect(found).toMatchObject([
      {
        kind: 'error',
        severity: 'high',
        fingerprint: 'error:app:RefusedError@src/Refused.js run',
        detectionAlgorithms: ['rate'],
        title: expect.stringMatching(
          /^Error \d+ a minute \(usually [\d.]+\): RefusedError in src\/Refused.js run$/,
        ),
      },
    ]);
  });
});

function timeOf(line: string): number {
  return Number(/"time":(\d+)/.exec(line)?.[1]);
}
