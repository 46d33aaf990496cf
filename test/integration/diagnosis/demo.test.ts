import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import type { Anomaly, AnomalyFacts } from '../../../src/domain/anomaly.ts';
import { redact } from '../../../src/domain/redact.ts';
import { demoHistory } from '../../support/demo-history.ts';
import type { History } from '../../support/history.ts';
import { nothingAround } from '../../support/nothing-around.ts';
import { factsFor } from '../../support/nouns.ts';
import { syntaxOnPaper } from '../../support/outline-of.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

let demo: History;
beforeAll(() => {
  demo = demoHistory();
});
afterAll(() => demo.remove());

const diagnosed = async (changes: Partial<AnomalyFacts>) => {
  const anomaly: Anomaly = { ...factsFor('demo', changes), status: 'detected' };
  const nothing = {
    caps: { perAnomaly: 0, perDay: 0, perWorkspace: 0 },
    spent: async () => ({ anomaly: 0, day: 0, workspace: 0 }),
    spend: async () => {},
  };
  const ports = {
    repository: await demo.open(),
    syntax: syntaxOnPaper,
    model: null,
    patterns: [],
    clock: virtualClock(),
    budget: nothing,
    surroundings: nothingAround,
    contextTokens: 6000,
  };
  return diagnose(anomaly, ports, { id: anomaly.id, offline: true, signal: new AbortController().signal });
};

const frame = (file: string, line: number, symbol: string) => ({
  file,
  line,
  column: 5,
  symbol,
  inApp: true,
});

describe('the demo service', () => {
  it('has its crash traced to the line that throws, and to the commit that wrote it', async () => {
    const found = await diagnosed({
      sample: {
        text: redact("TypeError: Cannot destructure property 'street' of 'customer.address' as it is null."),
        before: [],
        trace: {
          language: 'javascript',
          errorType: 'TypeError',
          message: "Cannot destructure property 'street' of 'customer.address' as it is null.",
          frames: [
            frame('file:///app/src/labels.js', 11, 'labelLines'),
            frame('file:///app/src/labels.js', 7, 'deliveryLabel'),
            frame('file:///app/src/server.js', 28, 'handle'),
          ],
          cause: null,
        },
        template: null,
        labels: {},
      },
    });
    expect(found).toMatchObject({ verdict: 'cause', sure: 'confirmed' });
    expect(found.suspects[0]).toMatchObject({ file: 'src/labels.js', line: 11, symbol: 'labelLines' });
    expect(found.suspectCommits[0]?.sha).toBe(demo.shas[2]);
  });

  it('has its slow path traced from the route to the work, and to the commit that made it slow', async () => {
    const found = await diagnosed({
      kind: 'metric',
      title: redact('duration_ms{path=/report} is far above usual'),
      metricName: 'duration_ms',
      sample: {
        text: redact('duration_ms 950'),
        before: [],
        trace: null,
        template: null,
        labels: { path: '/report' },
      },
    });
    expect(found.verdict).toBe('cause');
    expect(found.suspects[0]).toMatchObject({ file: 'src/report.js' });
    expect(found.suspectCommits[0]?.sha).toBe(demo.shas[4]);
  });
});
