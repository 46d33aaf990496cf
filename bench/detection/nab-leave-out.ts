// The Numenta Anomaly Benchmark, a category left out in turn: the threshold that suits all the others best is applied to it, beside
// our own bar, which nothing was fitted to.
//   node bench/detection/nab-leave-out.ts NAB_FOLDER SCORER
// SCORER is a module with loadCorpus, loadScores, optimise, scoreAt, normalise and PROFILES, as the scorer of NAB has them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CONFIDENCE_BAR } from '../../src/domain/detection.ts';
import { figure, table } from './table.ts';

interface SeriesFile {
  readonly category: string;
  readonly days: number;
}

interface Scorer {
  readonly PROFILES: { readonly standard: unknown };
  loadCorpus(root: string): readonly SeriesFile[];
  loadScores(folder: string, corpus: readonly SeriesFile[], column: string): readonly Float64Array[];
  optimise(
    corpus: readonly SeriesFile[],
    scores: readonly Float64Array[],
    profile: unknown,
  ): { readonly threshold: number };
  scoreAt(
    corpus: readonly SeriesFile[],
    scores: readonly Float64Array[],
    threshold: number,
    profile: unknown,
  ): { readonly raw: number; readonly files: readonly { readonly fpRuns: number; readonly days: number }[] };
  normalise(raw: number, corpus: readonly SeriesFile[], profile: unknown): number;
}

const [nab, path] = process.argv.slice(2);
if (nab === undefined || path === undefined) {
  process.stderr.write('usage: node bench/detection/nab-leave-out.ts NAB_FOLDER SCORER\n');
  process.exit(2);
}
const scorer: Scorer = await import(pathToFileURL(resolve(path)).href);
const profile = scorer.PROFILES.standard;
const door = join(import.meta.dirname, '../../bin/vigilai.ts');
const folder = mkdtempSync(join(tmpdir(), 'vigilai-nab-'));
try {
  execFileSync(process.execPath, [door, 'replay', join(nab, 'data'), '--scores', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    maxBuffer: 1 << 28,
  });
  const corpus = scorer.loadCorpus(nab);
  const scores = scorer.loadScores(folder, corpus, 'anomaly_score');
  process.stdout.write(leaveOutTable(corpus, scores));
} finally {
  rmSync(folder, { recursive: true });
}

function leaveOutTable(corpus: readonly SeriesFile[], scores: readonly Float64Array[]): string {
  const categories = [...new Set(corpus.map(({ category }) => category))];
  return table([
    [
      'left out',
      'threshold of the others',
      'its score there',
      'at the bar',
      'false runs a day at the bar',
      'the others at the bar',
    ],
    ...categories.map((category) => row(category, corpus, scores)),
  ]);
}

function row(
  category: string,
  corpus: readonly SeriesFile[],
  scores: readonly Float64Array[],
): readonly string[] {
  const part = (isMeant: (file: SeriesFile) => boolean) => ({
    corpus: corpus.filter(isMeant),
    scores: scores.filter((_, i) => corpus[i] !== undefined && isMeant(corpus[i])),
  });
  const its = part((file) => file.category === category);
  const others = part((file) => file.category !== category);
  const { threshold } = scorer.optimise(others.corpus, others.scores, profile);
  const at = (one: typeof its, bar: number) => {
    const { raw, files } = scorer.scoreAt(one.corpus, one.scores, bar, profile);
    const runs = files.reduce((sum, { fpRuns }) => sum + fpRuns, 0);
    const days = files.reduce((sum, file) => sum + file.days, 0);
    return { score: scorer.normalise(raw, one.corpus, profile), runsADay: runs / days };
  };
  const atBar = at(its, CONFIDENCE_BAR);
  const shown = (score: number) => (Number.isNaN(score) ? '-' : score.toFixed(1));
  return [
    category,
    threshold.toFixed(4),
    shown(at(its, threshold).score),
    shown(atBar.score),
    figure(atBar.runsADay),
    shown(at(others, CONFIDENCE_BAR).score),
  ];
}
