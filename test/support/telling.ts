import type { Anomaly } from '../../src/domain/anomaly.ts';
import { redact } from '../../src/domain/redact.ts';
import { parseTrace } from '../../src/pipeline/traces/parse.ts';
import { anomalyAs, factsFor } from './nouns.ts';

/** The anomaly that a printed error or log line becomes: its trace, where it has one, read as the pipeline reads it. */
export function anomalyTelling(printed: string): Anomaly {
  const text = redact(printed);
  const lines = text.split('\n');
  const trace = parseTrace(lines);
  const title = trace === null ? (lines[0] ?? '') : `${trace.errorType}: ${trace.message}`;
  const sample = { ...factsFor('x').sample, text, trace };
  return {
    ...anomalyAs({ status: 'detected' }),
    kind: trace === null ? 'log' : 'error',
    title: redact(title),
    sample,
  };
}
