import type { SourceRecord } from '../../domain/event.ts';
import { type Redacted, redact } from '../../domain/redact.ts';
import { rounded } from '../../tui/words.ts';

/** A record on one line, as a person would write it down, without its secrets. */
export function recordText(record: SourceRecord): Redacted {
  if (typeof record === 'string') return redact(record);
  switch (record.type) {
    case 'line':
      return redact(record.lane === null ? record.text : `${record.lane} | ${record.text}`);
    case 'metric': {
      const labels = Object.entries(record.metadata).map(([name, value]) => `${name}=${value}`);
      return redact([record.data.metricName, ...labels, rounded(record.data.value)].join(' '));
    }
    case 'log':
    case 'error':
      return redact(`${record.data.level ?? record.type} ${record.data.message}`);
  }
}
