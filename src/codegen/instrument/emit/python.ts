import { type Emission, eventName, metricName, quotable, type Reason, type Wanted } from '../emission.ts';

/** prometheus_client or OpenTelemetry where the project has it, else structlog or logging. */
export function emitPython(wanted: Wanted): Emission {
  const { declared, text } = wanted;
  const name = `VIGILAI_${wanted.slug.toUpperCase()}`;
  const metric = { kind: 'metric', signal: metricName(wanted.slug) } as const;
  const help = quotable(wanted.help);
  if (declared.has('prometheus-client')) {
    return {
      ...metric,
      library: 'prometheus_client',
      imports: ['from prometheus_client import Counter as PrometheusCounter'],
      declarations: [`${name} = PrometheusCounter("${metricName(wanted.slug)}", "${help}")`],
      statement: () => `${name}.inc()`,
    };
  }
  if (declared.has('opentelemetry-api')) {
    return {
      ...metric,
      library: 'opentelemetry-api',
      imports: ['from opentelemetry import metrics as otel_metrics'],
      declarations: [
        `${name} = otel_metrics.get_meter("vigilai").create_counter(`,
        `    "${metricName(wanted.slug)}", description="${help}"`,
        ')',
      ],
      statement: () => `${name}.add(1)`,
    };
  }
  return log(wanted.slug, text);
}

function log(slug: string, text: string): Emission {
  const event = eventName(slug);
  const logger = /^(\w+)\s*=\s*(?:logging\.getLogger|structlog\.get_logger|getLogger)\(/m.exec(text)?.[1];
  const isStructured = /^\w+\s*=\s*structlog\.get_logger\(/m.test(text);
  return {
    library: isStructured ? 'structlog' : 'logging',
    kind: 'log',
    signal: event,
    imports: logger === undefined ? ['import logging'] : [],
    declarations: [],
    statement: (reason) => {
      const called = `${logger ?? 'logging.getLogger(__name__)'}.error`;
      if (isStructured) return `${called}("${event}", ${reasonField(reason)})`;
      return reason.of === 'condition'
        ? `${called}("event=${event} reason='${quotable(reason.text)}'")`
        : `${called}("event=${event} error=%s", type(${reason.variable}).__name__)`;
    },
  };
}

function reasonField(reason: Reason): string {
  return reason.of === 'condition'
    ? `reason="${quotable(reason.text)}"`
    : `error=type(${reason.variable}).__name__`;
}
