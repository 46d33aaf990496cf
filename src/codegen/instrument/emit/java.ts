import { type Emission, eventName, metricName, quotable, type Reason, type Wanted } from '../emission.ts';

/** Micrometer or OpenTelemetry where the project has it, else the logger of the class, else System.Logger. */
export function emitJava(wanted: Wanted): Emission {
  const { slug, declared, text } = wanted;
  const metric = { kind: 'metric', declarations: [] } as const;
  if (declared.has('micrometer')) {
    return {
      ...metric,
      library: 'micrometer',
      signal: metricName(slug),
      imports: ['import io.micrometer.core.instrument.Metrics;'],
      statement: () => `Metrics.counter("vigilai.${slug.replaceAll('_', '.')}").increment();`,
    };
  }
  if (declared.has('opentelemetry-api')) {
    return {
      ...metric,
      library: 'opentelemetry-api',
      signal: metricName(slug),
      imports: ['import io.opentelemetry.api.GlobalOpenTelemetry;'],
      statement: () =>
        `GlobalOpenTelemetry.getMeter("vigilai").counterBuilder("${metricName(slug)}").build().add(1);`,
    };
  }
  return log(slug, text);
}

function log(slug: string, text: string): Emission {
  const logger = /\bimport\s+org\.slf4j\./.test(text) ? /\bLogger\s+(\w+)\s*=/.exec(text)?.[1] : undefined;
  const type = /\b(?:class|record|enum|interface)\s+(\w+)/.exec(text)?.[1] ?? 'Object';
  const event = eventName(slug);
  return {
    library: logger === undefined ? 'System.Logger' : 'slf4j',
    kind: 'log',
    signal: event,
    imports: [],
    declarations: [],
    statement: (reason) => {
      const said = message(event, reason);
      return logger === undefined
        ? `System.getLogger(${type}.class.getName()).log(System.Logger.Level.ERROR, ${said});`
        : `${logger}.error(${said});`;
    },
  };
}

function message(event: string, reason: Reason): string {
  return reason.of === 'condition'
    ? `"event=${event} reason='${quotable(reason.text)}'"`
    : `"event=${event} error=" + ${reason.variable}.getClass().getName()`;
}
