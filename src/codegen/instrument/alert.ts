import type { Alert } from '../../domain/fix.ts';
import type { Emission } from './emission.ts';

/** How a return of the fault is heard: a rule for Prometheus where there is a metric, and what to watch in VigilAI. */
export function alertOn({ kind, signal }: Pick<Emission, 'kind' | 'signal'>, help: string): Alert {
  const name = signal
    .split('_')
    .filter((word) => word !== 'total')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return kind === 'metric'
    ? {
        prometheus: prometheusRule(name, signal, help),
        vigilai: `metric ${signal}: any increase is abnormal`,
      }
    : { prometheus: null, vigilai: `log event ${signal}: any line with it is abnormal` };
}

function prometheusRule(name: string, metric: string, help: string): string {
  return [
    'groups:',
    '  - name: vigilai',
    '    rules:',
    `      - alert: ${name}`,
    `        expr: increase(${metric}[10m]) > 0`,
    '        labels:',
    '          severity: warning',
    '        annotations:',
    `          summary: ${JSON.stringify(help)}`,
    '',
  ].join('\n');
}
