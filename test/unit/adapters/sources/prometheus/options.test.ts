import { describe, expect, it } from 'vitest';
import { prometheusSourceSchema } from '../../../../../src/adapters/sources/prometheus/options.ts';

const parse = (options: Readonly<Record<string, unknown>>) =>
  prometheusSourceSchema.safeParse({ type: 'prometheus', name: 'prom', ...options });

describe('options of a prometheus source', () => {
  it('need no more than a target, or a server and a query', () => {
    expect(parse({ targets: ['http://127.0.0.1:9100/metrics'] })).toMatchObject({
      success: true,
      data: { intervalSeconds: 15, timeoutSeconds: 10, include: ['*'], exclude: [], labels: ['*'] },
    });
    expect(parse({ server: 'http://prom:9090', queries: [{ name: 'up', promql: 'up' }] })).toMatchObject({
      success: true,
      data: { stepSeconds: 15, delaySeconds: 5, backfillMinutes: 60 },
    });
  });

  it.each([
    [{}, 'either `targets` or `queries`'],
    [
      { targets: ['http://a/m'], server: 'http://b', queries: [{ name: 'up', promql: 'up' }] },
      'either `targets`',
    ],
    [{ queries: [{ name: 'up', promql: 'up' }] }, 'queries need the server'],
    [{ targets: ['http://me:secret@a/metrics'] }, 'credentials do not belong in a URL'],
    [{ targets: ['file:///etc/passwd'] }, 'Invalid URL'],
    [{ targets: ['http://a/m'], tokenEnv: 'not a name' }, 'the name of an environment variable'],
    [
      { targets: ['http://a/m'], tokenEnv: 'A', basicAuth: { username: 'u', passwordEnv: 'B' } },
      'either a bearer token or',
    ],
    [{ targets: ['http://a/m'], step: 5 }, 'Unrecognized key'],
  ])('refuse %j', (options, message) => {
    const parsed = parse(options);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues.map((issue) => issue.message).join('\n')).toContain(message);
  });
});
