import { camel, type Emission, eventName, metricName, quotable, type Wanted } from '../emission.ts';

/** client_golang or OpenTelemetry where the module requires it, else slog where it is in use, else log. */
export function emitGo(wanted: Wanted): Emission {
  const { slug, declared, text } = wanted;
  const name = camel(`vigilai_${slug}`);
  const help = quotable(wanted.help);
  const metric = { kind: 'metric', signal: metricName(slug) } as const;
  if (declared.has('github.com/prometheus/client_golang')) {
    return {
      ...metric,
      library: 'client_golang',
      imports: [
        '"github.com/prometheus/client_golang/prometheus"',
        '"github.com/prometheus/client_golang/prometheus/promauto"',
      ],
      declarations: [
        `var ${name} = promauto.NewCounter(prometheus.CounterOpts{`,
        `\tName: "${metricName(slug)}",`,
        `\tHelp: "${help}",`,
        '})',
      ],
      statement: () => `${name}.Inc()`,
    };
  }
  if (declared.has('go.opentelemetry.io/otel')) {
    return {
      ...metric,
      library: 'go.opentelemetry.io/otel',
      imports: ['"context"', '"go.opentelemetry.io/otel"'],
      declarations: [`var ${name}, _ = otel.Meter("vigilai").Int64Counter("${metricName(slug)}")`],
      statement: () => `${name}.Add(context.Background(), 1)`,
    };
  }
  return log(slug, /"log\/slog"/.test(text) || declared.has('log/slog'));
}

function log(slug: string, isStructured: boolean): Emission {
  const event = eventName(slug);
  return {
    library: isStructured ? 'log/slog' : 'log',
    kind: 'log',
    signal: event,
    imports: [isStructured ? '"log/slog"' : '"log"'],
    declarations: [],
    statement: (reason) => {
      if (reason.of === 'error') {
        return isStructured
          ? `slog.Error("${event}", "panic", ${reason.variable})`
          : `log.Printf("event=${event} panic=%v", ${reason.variable})`;
      }
      const said = quotable(reason.text);
      return isStructured
        ? `slog.Error("${event}", "reason", "${said}")`
        : `log.Print("event=${event} reason='${said}'")`;
    },
  };
}
