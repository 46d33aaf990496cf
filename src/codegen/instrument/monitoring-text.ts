import type { Monitoring } from '../../domain/fix.ts';
import { fenced, inlineText } from '../escape.ts';

/** What a reviewer is told of the signal, with the alert rule to copy. */
export function monitoringText(monitoring: Monitoring | null): string {
  if (monitoring === null) return 'This change emits no signal of its own when the fault comes back.';
  const { signal, library, file, line, alert } = monitoring;
  const place = inlineText(`${file}:${line}`);
  const told = `If the fault comes back, ${place} emits ${inlineText(signal)} (${inlineText(library)}).`;
  return alert.prometheus === null
    ? `${told} To be told: ${inlineText(alert.vigilai)}.`
    : `${told} An alert for Prometheus:\n\n${fenced(alert.prometheus)}`;
}
