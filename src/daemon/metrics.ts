import { Counter, Histogram, Registry } from 'prom-client';

/** What `/metrics` shows. Its own registry, so that two daemons in one process do not mix. */
export interface Metrics {
  events(source: string, count: number): void;
  anomaly(severity: string): void;
  diagnosis(seconds: number): void;
  fix(seconds: number): void;
  request(route: string, status: number, seconds: number): void;
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const events = new Counter({
    name: 'vigilai_events_processed_total',
    help: 'Telemetry events judged and saved.',
    labelNames: ['source'],
    registers,
  });
  const anomalies = new Counter({
    name: 'vigilai_anomalies_detected_total',
    help: 'Anomalies opened.',
    labelNames: ['severity'],
    registers,
  });
  const requests = new Counter({
    name: 'vigilai_api_requests_total',
    help: 'API requests answered.',
    labelNames: ['route', 'status'],
    registers,
  });
  const job = (name: string, help: string) =>
    new Histogram({ name, help, buckets: [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 900], registers });
  const diagnosis = job('vigilai_diagnosis_duration_seconds', 'How long a diagnosis took.');
  const fix = job('vigilai_fix_generation_duration_seconds', 'How long a fix took, its proof included.');
  const duration = new Histogram({
    name: 'vigilai_api_request_duration_seconds',
    help: 'How long an API request took.',
    labelNames: ['route'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30],
    registers,
  });
  return {
    events: (source, count) => events.inc({ source }, count),
    anomaly: (severity) => anomalies.inc({ severity }),
    diagnosis: (seconds) => diagnosis.observe(seconds),
    fix: (seconds) => fix.observe(seconds),
    request(route, status, seconds) {
      requests.inc({ route, status: String(status) });
      duration.observe({ route }, seconds);
    },
    text: async () => (await Promise.all(registers.map((one) => one.metrics()))).join('\n'),
    contentType: registers.map((one) => one.contentType).join(),
  };
}
