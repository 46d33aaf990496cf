import { alongsideToView } from '../../contract/to-view.ts';
import type { AnomalyFacts } from '../../domain/anomaly.ts';
import { type Expected, expectedOf } from './expected.ts';
import type { FileReplay } from './replay-file.ts';
import type { Level } from './sweep.ts';

/** The `--json` document: snake_case, times as ISO 8601. `sweep` is null when none was asked for. */
export function replayJson(files: readonly FileReplay[], sweep: readonly Level[] | null, seconds: number) {
  return {
    files: files.map(fileJson),
    expected: expectedJson(expectedOf(files)),
    sweep:
      sweep?.map(({ sensitivity, anomalies, ...expected }) => ({
        sensitivity,
        anomalies,
        ...expectedJson(expected),
      })) ?? null,
    seconds,
  };
}

function fileJson(replay: FileReplay) {
  const { file, rows, events, errors, templates, series, dropped, anomalies, warmingUp } = replay;
  return {
    file,
    lines: rows,
    events,
    errors,
    templates,
    series,
    dropped,
    ...expectedJson(expectedOf([replay])),
    in_warm_up: warmingUp.map(({ name, seen, needed }) => ({ name, seen, needed })),
    anomalies: anomalies.map(anomalyJson),
  };
}

function expectedJson({ alerts, days, perDay }: Expected) {
  return { alerts, days, alerts_per_day: perDay };
}

function anomalyJson(facts: AnomalyFacts) {
  return {
    anomaly_id: facts.id,
    kind: facts.kind,
    fingerprint: facts.fingerprint,
    title: facts.title,
    source: facts.source,
    metric_name: facts.metricName,
    metric_value: facts.metricValue,
    expected_range: facts.expectedRange,
    confidence: facts.confidence,
    detection_algorithms: facts.detectionAlgorithms,
    severity: facts.severity,
    occurrences: facts.occurrences,
    first_seen: new Date(facts.firstSeen).toISOString(),
    last_seen: new Date(facts.lastSeen).toISOString(),
    sample: facts.sample.text,
    ...alongsideToView(facts.alongside),
  };
}
