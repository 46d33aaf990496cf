import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What `/metrics` shows. Its own registry, so that two daemons in one process do not mix. */
export interface Metrics {
  events(source: string, count: number): void;
  lost(source: string, counts: { readonly dropped: number; readonly dead: number }): void;
  anomaly(severity: string): void;
  diagnosis(seconds: number): void;
  fix(seconds: number): void;
  request(route: string, status: number, seconds: number): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** `backlog` tells how many accepted records wait. */
export function createMetrics(backlog: () => number): Metrics {
  const registry = new Registry();
  return {
    ...ingestMetrics(registry, backlog),
    ...workMetrics(registry),
    ...requestMetrics(registry),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function ingestMetrics(registry: Registry, backlog: () => number): Pick<Metrics, 'events' | 'lost'> {
  const registers = [registry];
  const perSource = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ['source'], registers });
  const events = perSource('vigilai_events_processed_total', 'Telemetry events judged and saved.');
  const dropped = perSource('vigilai_events_dropped_total', 'Records that could not be kept.');
  const dead = perSource('vigilai_dead_letters_total', 'Records that could not be read and were set aside.');
  new Gauge({
    name: 'vigilai_backlog_events',
    help: 'Accepted records that wait to be read.',
    registers,
    collect() {
      this.set(backlog());
    },
  });
  return {
    events: (source, count) => events.inc({ source }, count),
    lost(source, counts) {
      dropped.inc({ source }, counts.dropped);
      dead.inc({ source }, counts.dead);
    },
  };
}

function workMetrics(registry: Registry): Pick<Metrics, 'anomaly' | 'diagnosis' | 'fix'> {
  const registers = [registry];
  const anomalies = new Counter({
    name: 'vigilai_anomalies_detected_total',
    help: 'Anomalies opened.',
    labelNames: ['severity'],
    registers,
  });
  const job = (name: string, help: string) =>
    new Histogram({ name, help, buckets: [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 900], registers });
  const diagnosis = job('vigilai_diagnosis_duration_seconds', 'How long a diagnosis took.');
  const fix = job('vigilai_fix_generation_duration_seconds', 'How long a fix took, its proof included.');
  return {
    anomaly: (severity) => anomalies.inc({ severity }),
    diagnosis: (seconds) => diagnosis.observe(seconds),
    fix: (seconds) => fix.observe(seconds),
  };
}

function requestMetrics(registry: Registry): Pick<Metrics, 'request'> {
  const registers = [registry];
  const requests = new Counter({
    name: 'vigilai_api_requests_total',
    help: 'API requests answered.',
    labelNames: ['route', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'vigilai_api_request_duration_seconds',
    help: 'How long an API request took.',
    labelNames: ['route'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30],
    registers,
  });
  return {
    request(route, status, seconds) {
      requests.inc({ route, status: String(status) });
      duration.observe({ route }, seconds);
    },
  };
}
