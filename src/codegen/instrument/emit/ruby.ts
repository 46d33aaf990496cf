import { type Emission, eventName, metricName, quotable, type Reason, type Wanted } from '../emission.ts';

/** prometheus-client or OpenTelemetry where the project has it, else the logger of Rails or of the file, else warn. */
export function emitRuby(wanted: Wanted): Emission {
  const { slug, declared, text } = wanted;
  const name = `VIGILAI_${slug.toUpperCase()}`;
  const metric = { kind: 'metric', signal: metricName(slug) } as const;
  if (declared.has('prometheus-client')) {
    return {
      ...metric,
      library: 'prometheus-client',
      imports: ["require 'prometheus/client'"],
      declarations: [
        `${name} = Prometheus::Client.registry.counter(`,
        `  :${metricName(slug)}, docstring: '${quotable(wanted.help)}'`,
        ')',
      ],
      statement: () => `${name}.increment`,
    };
  }
  if (declared.has('opentelemetry-metrics-api')) {
    return {
      ...metric,
      library: 'opentelemetry-metrics-api',
      imports: ["require 'opentelemetry-metrics-api'"],
      declarations: [
        `${name} = OpenTelemetry.meter_provider.meter('vigilai').create_counter('${metricName(slug)}')`,
      ],
      statement: () => `${name}.add(1)`,
    };
  }
  return log(slug, declared.has('rails') ? 'Rails.logger' : loggerIn(text));
}

/** A constant or global of the file that holds a Logger; a local variable is not in reach everywhere. */
function loggerIn(text: string): string | null {
  return /^\s*([A-Z]\w*|\$\w+)\s*=\s*Logger\.new\b/m.exec(text)?.[1] ?? null;
}

function log(slug: string, logger: string | null): Emission {
  const event = eventName(slug);
  return {
    library: logger === null ? 'warn' : logger === 'Rails.logger' ? logger : 'Logger',
    kind: 'log',
    signal: event,
    imports: [],
    declarations: [],
    statement: (reason) => `${logger === null ? 'warn' : `${logger}.error`} ${message(event, reason)}`,
  };
}

function message(event: string, reason: Reason): string {
  return reason.of === 'condition'
    ? `"event=${event} reason='${quotable(reason.text)}'"`
    : `"event=${event} error=#{${reason.variable}.class}"`;
}
