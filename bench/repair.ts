// Small bugs, each with the crash that it made, and how many of them the engine `repair` has proven by the real proof.
//   node bench/repair.ts [--split seen|held-out|all] [--language python,go] [--rounds 3] [--first] [--show]
// Each bug is told as it ends; the table comes last.
import { parseArgs } from 'node:util';
import { proofTable } from '../src/codegen/report.ts';
import { figure, median, table } from './detection/table.ts';
import { casesOf, LANGUAGES, type Language } from './repair/case.ts';
import { type Repaired, repaired } from './repair/repairing.ts';

const { values: flags } = parseArgs({
  options: {
    split: { type: 'string', default: 'seen' },
    language: { type: 'string', default: LANGUAGES.join(',') },
    rounds: { type: 'string', default: '3' },
    // Until one of each language is proven.
    first: { type: 'boolean', default: false },
    // With patch and proof of what was proven.
    show: { type: 'boolean', default: false },
  },
});

async function measured(language: Language): Promise<readonly Repaired[]> {
  const wanted = casesOf(language).filter(
    ({ isHeldOut }) => flags.split === 'all' || isHeldOut === (flags.split === 'held-out'),
  );
  const done: Repaired[] = [];
  for (const bug of wanted) {
    const one = await repaired(bug, Number(flags.rounds));
    done.push(one);
    if (flags.show) show(language, one);
    console.error(
      `${language}/${bug.name} ${bug.isHeldOut ? 'held out' : 'seen'} ${one.seconds.toFixed(1)} s: ${told(one)}`,
    );
    if (flags.first && one.outcome.end === 'proven') break;
  }
  return done;
}

function told({ outcome }: Repaired): string {
  return 'reason' in outcome ? `${outcome.end}, ${outcome.reason}` : outcome.end;
}

function show(language: string, { bug, outcome, fix, patch, seconds }: Repaired): void {
  if (outcome.end !== 'proven') return;
  console.error(
    `\n## ${language}/${bug.name}: proven in ${seconds.toFixed(1)} s with ${fix.proof?.toolchain}\n`,
  );
  console.error(`${patch}\n${proofTable(fix.proof)}\n`);
}

function rowOf(language: Language, done: readonly Repaired[]): readonly string[] {
  const ending = (end: Repaired['outcome']['end']) => done.filter(({ outcome }) => outcome.end === end);
  const proven = ending('proven');
  const counts = [done.length, proven.length, ending('no_change').length, ending('not_proven').length];
  return [language, ...counts.map(String), figure(median(proven.map(({ seconds }) => seconds)))];
}

const rows: (readonly string[])[] = [];
for (const language of LANGUAGES.filter((one) => flags.language.split(',').includes(one))) {
  rows.push(rowOf(language, await measured(language)));
}
console.log(table([['language', 'bugs', 'proven', 'no repair known', 'proof failed', 'median s'], ...rows]));
