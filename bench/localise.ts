// Bugs of known places, put into others' code, and how well `vigilai diagnose --input --offline` finds them.
//   node bench/localise.ts [--split dev|held-out] [--history recent|old|none] [--language python,go] [--seed 1] [--each 21]
//     [--cache FOLDER] [--misses]
// The cases are made once a seed and kept in the cache; `bench/README.md` says what has to be installed.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figure, median, table } from './detection/table.ts';
import { type BugCase, SPLITS, type Split, splitOf } from './localise/bug-case.ts';
import { suiteOf } from './localise/cases.ts';
import { type Diagnosed, diagnosed } from './localise/diagnosing.ts';
import { git } from './localise/history.ts';
import { LANGUAGES, type Language } from './localise/language.ts';
import { HISTORIES, type HistoryKind, otherHeads } from './localise/older.ts';
import { isOutside, outsideRow, recognisedOf } from './localise/outside.ts';
import { isInLog, type Score, scoreOf, shareWithin } from './localise/score.ts';

const usualCache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vigilai-localise');
const { values: flags } = parseArgs({
  options: {
    split: { type: 'string', default: 'dev' },
    history: { type: 'string', default: 'recent' },
    language: { type: 'string', default: LANGUAGES.join(',') },
    seed: { type: 'string', default: '1' },
    each: { type: 'string', default: '21' },
    cache: { type: 'string', default: usualCache },
    misses: { type: 'boolean', default: false },
  },
});
const split = SPLITS.find((one) => one === flags.split);
const languages = LANGUAGES.filter((one) => flags.language.split(',').includes(one));
const history = HISTORIES.find((one) => one === flags.history);
if (split === undefined || history === undefined || languages.length === 0) {
  process.stderr.write(
    'usage: node bench/localise.ts [--split dev|held-out] [--history recent|old|none] [--language NAME,...]\n',
  );
  process.exit(2);
}
const state = join(flags.cache, 'state');
mkdirSync(state, { recursive: true });

interface Scored {
  readonly bug: BugCase;
  readonly score: Score;
  readonly outside: boolean;
}

async function scoreLanguage(
  language: Language,
  split: Split,
  kind: HistoryKind,
): Promise<readonly Scored[]> {
  const wanted = { seed: Number(flags.seed), each: Number(flags.each) };
  const { repository, cases } = await suiteOf(language, flags.cache, wanted);
  const scored: Scored[] = [];
  const wantedCases = cases.filter((one) => splitOf(one) === split);
  const heads = kind === 'recent' ? null : await otherHeads(kind, repository, wantedCases);
  for (const one of wantedCases) {
    const { head = one.head, root = one.truth.commit } = heads?.get(one.id) ?? {};
    const bug = { ...one, truth: { ...one.truth, commit: root } };
    git(repository, 'checkout', '-q', '-f', '--detach', head);
    const from = performance.now();
    const found = await diagnosed(bug.log, repository, state);
    const score = scoreOf(bug, found, performance.now() - from);
    scored.push({ bug, score, outside: isOutside(found) });
    if (flags.misses && score.function !== 1) tellMiss(bug, found);
  }
  return scored;
}

function tellMiss({ id, language, shape, truth, log }: BugCase, { suspects }: Diagnosed): void {
  const said = suspects.map(({ file, line, symbol }) => `${file}:${line} ${symbol}`).join(', ');
  const last = log.trimEnd().split('\n').at(-1)?.slice(0, 160);
  process.stderr.write(
    `${language} ${id}: ${shape} in ${truth.file}:${truth.line} ${truth.function}\n  suspected: ${said}\n  ${last}\n`,
  );
}

function row(name: string, scored: readonly Scored[]): readonly string[] {
  const scores = scored.map(({ score }) => score);
  const inLog = scored.filter(({ bug }) => isInLog(bug)).length / scored.length;
  const shares = (['file', 'function', 'commit'] as const).flatMap((what) =>
    [1, 5].map((most) => shareWithin(scores, what, most)),
  );
  const ms = (median(scores.map(({ ms: one }) => one)) ?? 0).toFixed(0);
  return [name, String(scores.length), ...[inLog, ...shares].map(figure), ms];
}

const all: Scored[] = [];
for (const language of languages) all.push(...(await scoreLanguage(language, split, history)));
const rows = [true, false].flatMap((withTrace) =>
  [...languages, 'all'].map((name) =>
    row(
      `${name}, ${withTrace ? 'with' : 'without'} trace`,
      all.filter(({ bug }) => bug.withTrace === withTrace && (name === 'all' || bug.language === name)),
    ),
  ),
);
const HEAD = [
  'cases',
  'in the log',
  'file@1',
  'file@5',
  'function@1',
  'function@5',
  'commit@1',
  'commit@5',
  'ms',
];
process.stdout.write(`${table([[split, ...HEAD], ...rows])}\n`);

const bugs = { failures: all.length, outside: all.filter(({ outside }) => outside).length };
process.stdout.write(
  table([
    ['failures', 'number', 'told to be outside', 'share'],
    outsideRow('outside the code', await recognisedOf('outside-failures', state)),
    outsideRow('in the code, messages', await recognisedOf('code-failures', state)),
    outsideRow('in the code, bugs of above', bugs),
  ]),
);
process.exit(0); // what the composition keeps open would hold the process
