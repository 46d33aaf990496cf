import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, summaryOf, tableOf } from './table.ts';

/** `node write-table.ts ROWS.jsonl` puts what the suite noted between the marks of docs/adversary.md, and prints it. */
const PAGE = join(import.meta.dirname, '../../../docs/adversary.md');
const MARKS = /(<!-- table -->\n)[^]*(<!-- \/table -->)/;

const lines = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n');
// A later run of the same agent stands for an earlier one.
const rows = new Map(
  lines.map((line) => JSON.parse(line) as Row).map((row) => [`${row.name} ${row.box}`, row]),
);
const text = `${summaryOf([...rows.values()])}\n\n${tableOf([...rows.values()])}\n`;
writeFileSync(PAGE, readFileSync(PAGE, 'utf8').replace(MARKS, `$1${text}$2`));
console.log(text);
