import type { Anomaly } from '../domain/anomaly.ts';
import type { Evidence } from '../domain/detection.ts';
import type { ContextItem } from '../domain/diagnosis.ts';
import { redact } from '../domain/redact.ts';
import type { Pattern } from '../ports/templates.ts';
import type { Located } from './locate/locate.ts';

/** Characters that all items together may have: some 6,000 tokens. */
const BUDGET = 24_000;
const LONGEST_ITEM = 4_000;

/** The evidence, each item with an id that claims can point to. All of it has passed the redaction door. */
export function contextOf(
  anomaly: Anomaly,
  { suspects, commits }: Located,
  patterns: readonly Pattern[],
): readonly ContextItem[] {
  const item = (kind: ContextItem['kind'], id: string, title: string, text: string): ContextItem => ({
    id,
    kind,
    title: redact(title),
    text: redact(text.slice(0, LONGEST_ITEM)),
  });
  const { sample } = anomaly;
  const items = [
    item(anomaly.kind === 'metric' ? 'metric' : anomaly.kind, 'E1', anomaly.title, sample.text),
    ...(anomaly.readings.length > 0
      ? [
          item(
            'metric',
            'M1',
            'what the detectors read',
            anomaly.readings.map((r) => `${r.detector}: ${evidenceText(r.evidence)}`).join('\n'),
          ),
        ]
      : []),
    ...(sample.before.length > 0
      ? [item('log', 'L1', 'lines just before it', sample.before.join('\n'))]
      : []),
    ...suspects.map((s, i) =>
      item(
        'code',
        `S${i + 1}`,
        `${s.file}:${s.line}${s.symbol === null ? '' : ` ${s.symbol}`}`,
        `${s.why}\n${s.excerpt ?? ''}`,
      ),
    ),
    ...commits.map((c, i) =>
      item(
        'commit',
        `C${i + 1}`,
        `${c.sha.slice(0, 10)} ${c.subject}`,
        `${c.author}, ${new Date(c.date).toISOString()}: ${c.why}`,
      ),
    ),
    ...patterns.slice(0, 3).map((p, i) => item('pattern', `P${i + 1}`, p.title, p.cause)),
  ];
  return withinBudget(items);
}

function withinBudget(items: readonly ContextItem[]): readonly ContextItem[] {
  const kept: ContextItem[] = [];
  let size = 0;
  for (const item of items) {
    size += item.title.length + item.text.length;
    if (size > BUDGET && kept.length > 0) break;
    kept.push(item);
  }
  return kept;
}

/** A reading in words. */
export function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'deviation': {
      const [low, high] = evidence.expected;
      return `${round(evidence.value)} where ${round(low)} to ${round(high)} is usual (${evidence.learned} points learnt)`;
    }
    case 'new_template':
      return `a message that ${evidence.learned} messages before did not have: ${evidence.template}`;
    case 'new_error':
      return `${evidence.errorType} never seen before${evidence.where === null ? '' : ` at ${evidence.where}`}`;
    case 'rate':
      return `${round(evidence.perMinute)} a minute where ${round(evidence.usualPerMinute)} is usual`;
    case 'silence':
      return `silent for ${round(evidence.quietMs / 1000)} s where a gap of ${round(evidence.usualGapMs / 1000)} s is usual`;
    case 'mix':
      return `${percent(evidence.share)} of all messages where ${percent(evidence.usualShare)} is usual: ${evidence.template}`;
    case 'new_value':
      return `${evidence.field} was ${evidence.value}, in ${evidence.learned} messages before only ${evidence.usual.join(', ')}`;
  }
}

function percent(share: number): string {
  return `${round(100 * share)}%`;
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
