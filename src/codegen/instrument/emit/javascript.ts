import {
  camel,
  type Emission,
  eventName,
  metricName,
  quotable,
  type Reason,
  type Wanted,
} from '../emission.ts';

/** prom-client or OpenTelemetry where the project has it, else its logger, else one line of JSON on stderr. */
export function emitJavaScript(wanted: Wanted): Emission {
  const { declared, text } = wanted;
  if (
    declared.has('prom-client') &&
    !(declared.has('@opentelemetry/api') && text.includes('@opentelemetry/api'))
  )
    return promClient(wanted);
  if (declared.has('@opentelemetry/api')) return openTelemetry(wanted);
  return log(wanted);
}

function promClient({ slug, help, text }: Wanted): Emission {
  const name = camel(`vigilai_${slug}`);
  const isFree = !/\bCounter\b/.test(text.replace(/.*prom-client.*/g, ''));
  const counter = isFree || /\bCounter\b.*prom-client/.test(text) ? 'Counter' : 'SignalCounter';
  return {
    library: 'prom-client',
    kind: 'metric',
    signal: metricName(slug),
    imports: [imported(text, counter === 'Counter' ? ['Counter'] : ['Counter', counter], 'prom-client')],
    declarations: [
      `const ${name} = new ${counter}({`,
      `  name: '${metricName(slug)}',`,
      `  help: '${quotable(help)}',`,
      '});',
    ],
    statement: () => `${name}.inc();`,
  };
}

function openTelemetry({ slug, help, text }: Wanted): Emission {
  const name = camel(`vigilai_${slug}`);
  return {
    library: '@opentelemetry/api',
    kind: 'metric',
    signal: metricName(slug),
    imports: [imported(text, ['metrics'], '@opentelemetry/api')],
    declarations: [
      `const ${name} = metrics.getMeter('vigilai').createCounter('${metricName(slug)}', {`,
      `  description: '${quotable(help)}',`,
      '});',
    ],
    statement: () => `${name}.add(1);`,
  };
}

/** `[name, alias]` in the manner in which the file takes in others. */
function imported(text: string, [name = '', alias]: readonly string[], from: string): string {
  const isModule = /^\s*(import\b[^(]|export\b)/m.test(text);
  if (isModule) return `import { ${alias === undefined ? name : `${name} as ${alias}`} } from '${from}';`;
  return `const { ${alias === undefined ? name : `${name}: ${alias}`} } = require('${from}');`;
}

function log({ slug, text, declared }: Wanted): Emission {
  const logger = /(?:^|[^.\w])(logger|log)\.(?:error|warn|info)\(/.exec(text)?.[1];
  const event = eventName(slug);
  const fields = (reason: Reason) => `event: '${event}', ${reasonField(reason)}`;
  return {
    library: logger ?? 'console.error',
    kind: 'log',
    signal: event,
    imports: [],
    declarations: [],
    statement: (reason) => {
      if (logger === undefined) return `console.error(JSON.stringify({ ${fields(reason)} }));`;
      return declared.has('winston')
        ? `${logger}.error('${event}', { ${reasonField(reason)} });`
        : `${logger}.error({ ${fields(reason)} }, '${event}');`;
    },
  };
}

/** The class of an error, not what it says: that may hold what no log should. */
function reasonField(reason: Reason): string {
  return reason.of === 'condition' ? `reason: '${quotable(reason.text)}'` : `error: ${reason.variable}.name`;
}
