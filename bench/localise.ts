// Bugs of known places, put into others' code, and how well `vigilai diagnose --input --offline` finds them.
//   node bench/localise.ts [--split dev|held-out] [--language python,go] [--seed 1] [--each 21] [--cache FOLDER] [--misses]
// The cases are made once a seed and kept in the cache; `bench/README.md` says what has to be installed.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figure, median, table } from './detection/table.ts';
import { type BugCase, SPLITS, splitOf } from './localise/bug-case.ts';
import { suiteOf } from './localise/cases.ts';
import { diagnosed } from './localise/diagnosing.ts';
import { git } from './localise/history.ts';
import { LANGUAGES } from './localise/language.ts';
import { type Score, scoreOf, shareWithin } from './localise/score.ts';

const { values: flags } = parseArgs({
  options: {
    split: { type: 'string', default: 'dev' },
    language: { type: 'string', default: LANGUAGES.join(',') },
    seed: { type: 'string', default: '1' },
    each: { type: 'string', default: '21' },
    cache: {
      type: 'string',
      default: join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vigilai-localise'),
    },
    misses: { type: 'boolean', default: false },
  },
});
const split = SPLITS.find((one) => one === flags.split);
const languages = LANGUAGES.filter((one) => flags.language.split(',').includes(one));
if (split === undefined || languages.length === 0) {
  process.stderr.write('usage: node bench/localise.ts [--split dev|held-out] [--language NAME,...]\n');
  process.exit(2);
}

interface Scored {
  readonly bug: BugCase;
  readonly score: Score;
}

async function scoreLanguage(language: (typeof LANGUAGES)[number]): Promise<readonly Scored[]> {
  const { repository, cases } = await suiteOf(language, flags.cache, {
    seed: Number(flags.seed),
    each: Number(flags.each),
  });
  const state = join(flags.cache, 'state');
  mkdirSync(state, { recursive: true });
  const scored: Scored[] = [];
  for (const bug of cases.filter((one) => splitOf(one) === split)) {
    git(repository, 'checkout', '-q', '-f', '--detach', bug.head);
    const from = performance.now();
    const found = await diagnosed(bug.log, repository, state);
    const score = scoreOf(bug, found, performance.now() - from);
    scored.push({ bug, score });
    if (flags.misses && score.file !== 1) tellMiss(bug, found.suspects);
  }
  return scored;
}

function tellMiss(
  { id, language, shape, truth, log }: BugCase,
  suspects: readonly { readonly file: string; readonly line: number }[],
): void {
  const said = suspects.map(({ file, line }) => `${file}:${line}`).join(' ');
  const last = log.trimEnd().split('\n').at(-1)?.slice(0, 160);
  process.stderr.write(
    `${language} ${id} ${shape} ${truth.file}:${truth.line} ${truth.function}\n  ${said}\n  ${last}\n`,
  );
}

function row(name: string, scored: readonly Scored[]): readonly string[] {
  const scores = scored.map(({ score }) => score);
  const shares = (['file', 'function', 'commit'] as const).flatMap((what) =>
    [1, 5].map((most) => figure(shareWithin(scores, what, most))),
  );
  return [name, String(scores.length), ...shares, (median(scores.map(({ ms }) => ms)) ?? 0).toFixed(0)];
}

const all: Scored[] = [];
for (const language of languages) all.push(...(await scoreLanguage(language)));
const rows = [...languages, 'all'].flatMap((name) =>
  [true, false].map((withTrace) =>
    row(
      `${name}, ${withTrace ? 'with' : 'without'} trace`,
      all.filter(({ bug }) => bug.withTrace === withTrace && (name === 'all' || bug.language === name)),
    ),
  ),
);
const HEAD = ['cases', 'file@1', 'file@5', 'function@1', 'function@5', 'commit@1', 'commit@5', 'ms'];
process.stdout.write(table([[split, ...HEAD], ...rows]));
process.exit(0);
