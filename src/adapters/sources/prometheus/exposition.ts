import { type Families, families } from './families.ts';
import { readSample, type Sample } from './sample.ts';
import { expect, name, peek, rest, type Scan, skipBlanks, takeGap, word } from './scan.ts';

/** `text` is the Prometheus text format 0.0.4, `openmetrics` OpenMetrics 1.0 text. */
export type Exposition = 'text' | 'openmetrics';

export type MetricType =
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'gaugehistogram'
  | 'summary'
  | 'info'
  | 'stateset'
  | 'unknown';

/** What is wrong with a body, and where. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError';
  readonly line: number;

  constructor(line: number, why: string) {
    super(`line ${line}: ${why}`);
    this.line = line;
  }
}

const MOST_SAMPLES = 200_000;

/**
 * The samples of a metrics page, in order. Strict: what is no sample, no comment and no blank line is an error, as is a
 * line that contradicts an earlier one; one wrong line makes the whole page wrong. Takes linear time. Exemplars are
 * checked and left out. Formats: the exposition format 0.0.4 with the quoted names of Prometheus 3, and OpenMetrics 1.0.
 * @throws ExpositionError
 */
export function parseExposition(body: string, format: Exposition): readonly Sample[] {
  const samples: Sample[] = [];
  const known = families(format);
  const scan: Scan = { text: body, format, at: 0, end: 0 };
  let line = 1;
  let over = false;
  try {
    for (let from = 0; from < body.length; from = scan.end + 1, line += 1) {
      if (over) throw new SyntaxError('something after # EOF');
      const feed = body.indexOf('\n', from);
      scan.at = from;
      scan.end = feed === -1 ? body.length : feed;
      if (format === 'openmetrics' && body.startsWith('# EOF', from) && scan.end === from + 5) over = true;
      else readLine(scan, known, samples);
    }
    if (format === 'openmetrics' && !over) throw new SyntaxError('no # EOF at the end');
  } catch (error) {
    if (error instanceof SyntaxError) throw new ExpositionError(line, error.message);
    throw error;
  }
  return samples;
}

function readLine(scan: Scan, known: Families, samples: Sample[]): void {
  skipBlanks(scan);
  if (peek(scan) === '#') {
    readComment(scan, known);
    return;
  }
  if (scan.at === scan.end && scan.format === 'text') return;
  samples.push(readSample(scan, known));
  if (samples.length > MOST_SAMPLES) throw new SyntaxError(`more than ${MOST_SAMPLES} samples`);
}

function readComment(scan: Scan, known: Families): void {
  expect(scan, '#');
  const gap = takeGap(scan);
  const what = word(scan);
  if (!gap || (what !== 'TYPE' && what !== 'HELP' && what !== 'UNIT') || isFreeText(scan, what)) {
    if (scan.format === 'openmetrics') throw new SyntaxError('a comment that is no TYPE, HELP, UNIT or EOF');
    return;
  }
  if (!takeGap(scan)) throw new SyntaxError(`${what} of nothing`);
  const family = name(scan, true);
  if (!takeGap(scan) && scan.at < scan.end) throw new SyntaxError(`${what} of a name that is none`);
  const text = what === 'HELP' ? rest(scan) : word(scan);
  skipBlanks(scan);
  if (scan.at < scan.end) throw new SyntaxError(`something after the ${what}`);
  known.tell(what, family, text);
}

/** The text format knows no UNIT: such a comment is one. */
function isFreeText({ format }: Scan, what: string): boolean {
  return format === 'text' && what === 'UNIT';
}
