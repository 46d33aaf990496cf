import type { Anomaly } from '../domain/anomaly.ts';
import type { ContextItem } from '../domain/diagnosis.ts';
import { explain } from '../domain/explain.ts';
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
            anomaly.readings.map((r) => `${r.detector}: ${explain(r.evidence)}`).join('\n'),
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
