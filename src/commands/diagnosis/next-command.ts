import type { DiagnosisView } from '../../contract/views.ts';
import { short } from '../../tui/words.ts';

/** What a person would type after a diagnosis of a noticed anomaly. */
export function nextCommand({ verdict, anomaly_id }: DiagnosisView): string {
  const id = short(anomaly_id);
  switch (verdict) {
    case 'cause':
      return `vigilai fix ${id}`;
    case 'no_code_cause':
      return `vigilai anomalies resolve ${id}`;
    case 'inconclusive':
      return `vigilai anomalies show ${id}`;
  }
}
