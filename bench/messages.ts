// How well messages are told from those that a project cannot print (MESSAGE.fits of src/diagnosis/locate/weights.ts): of each
// folder's logging and throwing statements, some are printed with values put in and a usual head before them, and fitted to
// their own statement, and to all statements of another folder.
//   node bench/messages.ts FOLDER FOLDER...
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeSitterSyntax } from '../src/adapters/syntax/syntax.ts';
import { fitAmong, messageWords } from '../src/diagnosis/locate/message-fit.ts';
import { maskText } from '../src/domain/mask.ts';
import type { Printed } from '../src/ports/syntax.ts';
import { codeOnPaper } from '../test/support/code-on-paper.ts';
import { seeded } from './detection/random.ts';

const ROUNDS = 300;
const MOST_FILES = 500;
const SOURCE = /(?<!\.d)\.(?:[cm]?[jt]s|py|go|java|rb)$/;
const TEST = /_test\.|\.test\.|\/tests?\//;
const VALUES = [
  'alice',
  '/var/lib/x.db',
  '42',
  '3.5',
  'eth0',
  'order-17',
  'Foo',
  '10.0.0.7',
  'connection refused',
];
const HEADS = [
  '',
  'ERROR ',
  '2026-01-01 12:00:00 [main] WARN  c.e.Shop - ',
  'level=error msg=',
  '[worker-3] ',
  'Error: ',
];

async function printedIn(folder: string): Promise<readonly Printed[]> {
  const names = readdirSync(folder, { recursive: true }).map(String).toSorted();
  const files = names.filter((name) => SOURCE.test(name) && !TEST.test(name)).slice(0, MOST_FILES);
  const code = codeOnPaper(
    Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
  );
  const { outlines } = await treeSitterSyntax({ cache: null }).index(code);
  return [...outlines.values()].flatMap(({ printed }) => printed);
}

const isLong = ({ parts }: Printed): boolean => parts.join('').replaceAll(/[^\p{L}]/gu, '').length >= 10;

const random = seeded(7);
const pick = <T>(some: readonly T[]): T => {
  const one = some[Math.floor(random() * some.length)];
  if (one === undefined) throw new Error('nothing to pick from: name folders with source');
  return one;
};
const folders = await Promise.all(process.argv.slice(2).map(printedIn));
const projects = folders.map((all) => ({
  all,
  fit: fitAmong(all),
  says: all.filter((one) => one.by !== 'text' && isLong(one)),
}));
const own: number[] = [];
const foreign: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const project = pick(projects);
  const other = pick(projects.filter((one) => one !== project));
  const statement = pick(project.says);
  const said = `${pick(HEADS)}${statement.parts.join(pick(VALUES))} ${pick(VALUES)}`;
  const words = messageWords(maskText(said.replaceAll('\n', ' ')));
  own.push(project.fit.of(words, statement));
  foreign.push(other.all.reduce((best, one) => Math.max(best, other.fit.of(words, one)), 0));
}
const share = (fits: readonly number[], least: number): string =>
  `${Math.round((fits.filter((fit) => fit >= least).length / fits.length) * 100)}%`;
console.log('| fits at least | its own statement | a statement of another project |\n| --- | --- | --- |');
for (const least of [0.3, 0.4, 0.5, 0.6, 0.7])
  console.log(`| ${least} | ${share(own, least)} | ${share(foreign, least)} |`);
