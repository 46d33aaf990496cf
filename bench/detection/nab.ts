// The Numenta Anomaly Benchmark: `vigilai replay --scores` over its files, then a scorer over what was written, at our own
// bar and at the threshold that suits the scores best.
//   node bench/detection/nab.ts NAB_FOLDER SCORER [more arguments of the scorer, such as --by-category]
// NAB_FOLDER has data/<category>/<file>.csv; SCORER is a script that takes a folder of scores, --data and --threshold.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIDENCE_BAR } from '../../src/domain/detection.ts';

const [nab, scorer, ...more] = process.argv.slice(2);
if (nab === undefined || scorer === undefined) {
  process.stderr.write('usage: node bench/detection/nab.ts NAB_FOLDER SCORER\n');
  process.exit(2);
}

const DOOR = join(import.meta.dirname, '../../bin/vigilai.ts');
const folder = mkdtempSync(join(tmpdir(), 'vigilai-nab-'));
const scores = join(folder, 'vigilai');

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
}

try {
  const replayed = node(DOOR, 'replay', join(nab, 'data'), '--scores', scores);
  process.stdout.write(`${replayed.trimEnd().split('\n').slice(-2).join('\n')}\n\n`);
  const scored = [scorer, scores, '--data', nab, ...more];
  process.stdout.write(`${node(...scored, '--threshold', String(CONFIDENCE_BAR))}\n${node(...scored)}`);
} finally {
  rmSync(folder, { recursive: true });
}
