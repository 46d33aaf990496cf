// Small bugs, each with the crash that it made, and how many of them the engine `repair` has proven by the real proof.
//   node bench/repair.ts [--split seen|held-out|all] [--language python,go] [--rounds 3] [--misses]
import { parseArgs } from 'node:util';
import { median } from './detection/table.ts';
import { casesOf, LANGUAGES } from './repair/case.ts';
import { type Repaired, repaired } from './repair/repairing.ts';

const { values: flags } = parseArgs({
  options: {
    split: { type: 'string', default: 'seen' },
    language: { type: 'string', default: LANGUAGES.join(',') },
    rounds: { type: 'string', default: '3' },
    misses: { type: 'boolean', default: false },
  },
});
const languages = LANGUAGES.filter((one) => flags.language.split(',').includes(one));

console.log(
  '| language | bugs | proven | no repair known | proof failed | median s |\n| --- | --- | --- | --- | --- | --- |',
);
for (const language of languages) {
  const bugs = casesOf(language).filter(
    ({ isHeldOut }) => flags.split === 'all' || isHeldOut === (flags.split === 'held-out'),
  );
  const done: Repaired[] = [];
  for (const bug of bugs) done.push(await repaired(bug, Number(flags.rounds)));
  console.log(rowOf(language, done));
  if (!flags.misses) continue;
  for (const { bug, outcome } of done) {
    if (outcome.end !== 'proven')
      console.error(`${language}/${bug.name}: ${outcome.end} ${'reason' in outcome ? outcome.reason : ''}`);
  }
}

function rowOf(language: string, done: readonly Repaired[]): string {
  const ending = (end: Repaired['outcome']['end']) => done.filter(({ outcome }) => outcome.end === end);
  const proven = ending('proven');
  const seconds = median(proven.map((one) => one.seconds))?.toFixed(1) ?? '-';
  const counts = [done.length, proven.length, ending('no_change').length, ending('not_proven').length];
  return `| ${language} | ${counts.join(' | ')} | ${seconds} |`;
}
