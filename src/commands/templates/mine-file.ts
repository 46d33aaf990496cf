import type { Level, SourceRecord } from '../../domain/event.ts';
import { lineReader, type ReaderOptions } from '../../pipeline/formats/reader.ts';
import { streams } from '../../pipeline/lines/streams.ts';
import { Miner } from '../../pipeline/messages/miner.ts';
import { standing, templateText } from '../../pipeline/messages/template.ts';
import { type Observed, observedOf } from '../../pipeline/observed.ts';
import type { Batch } from '../../ports/source.ts';

/** The message templates of one file. */
export interface FileTemplates {
  readonly lines: number;
  readonly messages: number;
  /** Most frequent first. */
  readonly templates: readonly CountedTemplate[];
  /**
   * Template of the message that a line (from 0) belongs to, as it is once all is read. A line without a message of its own,
   * such as one of a stack trace, belongs to the one before; empty before the first.
   */
  readonly ofLine: (line: number) => string;
}

export interface CountedTemplate {
  readonly id: string;
  readonly level: Level | null;
  /** Messages. */
  readonly count: number;
  readonly text: string;
}

/** Reads and joins lines as the pipeline does, and mines their messages. `now` (epoch ms) completes dates without a year. */
export async function mineFile(
  batches: AsyncIterable<Pick<Batch, 'records'>>,
  options: ReaderOptions,
  now: number,
): Promise<FileTemplates> {
  const mined = minedLines();
  const joined = streams({
    source: NAME,
    reader: lineReader(options),
    out: (one, _, read) => mined.add(read(one), one.lines),
  });
  let lines = 0;
  for await (const { records } of batches) {
    for (const record of records) {
      const offset = lines;
      lines += 1;
      if (isLine(record)) joined.line(NAME, lineOf(record, offset, now));
      else if (record.type !== 'metric') mined.add(observedOf(record, { ...PLACE, offset }), [{ offset }]);
    }
  }
  joined.advance(Number.POSITIVE_INFINITY);
  return mined.told(lines);
}

/** A file is one stream; what it is called is in no template. */
const NAME = 'file';
const PLACE = { source: NAME, stream: NAME };

type LineRecord = Exclude<SourceRecord, { readonly type: 'metric' | 'log' | 'error' }>;

function isLine(record: SourceRecord): record is LineRecord {
  return typeof record === 'string' || record.type === 'line';
}

function lineOf(record: LineRecord, offset: number, receivedAt: number) {
  const whole = { offset, mark: null, receivedAt };
  return typeof record === 'string'
    ? { ...whole, text: record, carried: null }
    : { ...whole, text: record.text, carried: record };
}

interface Place {
  /** Number of the line, from 0. */
  readonly offset: number;
}

function minedLines() {
  const mine = new Miner();
  const byLine: number[] = [];
  const counts: number[] = [];
  let messages = 0;
  return {
    add({ message, trace, level }: Observed, lines: readonly Place[]): void {
      const said = trace === null ? message : `${trace.errorType}: ${trace.message}`;
      const { index } = mine.mine(said, level).template;
      counts[index] = (counts[index] ?? 0) + 1;
      messages += 1;
      for (const { offset } of lines) byLine[offset] = index;
    },
    told(lines: number): FileTemplates {
      fillGaps(byLine, lines);
      const texts = mine.templates().map((template) => templateText(standing(mine.templates(), template)));
      const ofLine = (line: number) => texts[byLine[line] ?? -1] ?? '';
      return { lines, messages, templates: counted(mine, counts), ofLine };
    },
  };
}

function fillGaps(byLine: number[], lines: number): void {
  for (let line = 0, last = -1; line < lines; line += 1) {
    last = byLine[line] ?? last;
    byLine[line] = last;
  }
}

function counted(mine: Miner, counts: readonly number[]): readonly CountedTemplate[] {
  const all = mine.templates();
  const sums = new Map<number, number>();
  for (const template of all) {
    const { index } = standing(all, template);
    sums.set(index, (sums.get(index) ?? 0) + (counts[template.index] ?? 0));
  }
  return all
    .flatMap((template) => {
      const count = sums.get(template.index);
      const { id, level } = template;
      return count === undefined ? [] : [{ id, level, count, text: templateText(template) }];
    })
    .toSorted((a, b) => b.count - a.count);
}
