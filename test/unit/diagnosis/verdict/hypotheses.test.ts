import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/diagnosis/diagnose.ts';
import type { Anomaly } from '../../../../src/domain/anomaly.ts';
import { redact } from '../../../../src/domain/redact.ts';
import type { Commit } from '../../../../src/ports/repository.ts';
import type { Pattern } from '../../../../src/ports/templates.ts';
import { diagnosisPorts } from '../../../support/diagnosis-ports.ts';
import { AT } from '../../../support/nouns.ts';
import { syntaxOnPaper } from '../../../support/outline-of.ts';
import { anomalyTelling } from '../../../support/telling.ts';

const DAY = 86_400_000;
const FILES = {
  'src/label.js':
    "import { orders } from './orders.js';\nexport function label(order) {\n  return order.address.city;\n}\nexport function page(id) {\n  const order = orders(id);\n  return label(order);\n}\n",
  'src/orders.js': 'export function orders(id) {\n  return { id, address: id > 9 ? null : {} };\n}\n',
};
const TRACE = `TypeError: Cannot read properties of null (reading 'city')
    at label (/app/src/label.js:3:24)
    at page (/app/src/label.js:7:10)`;
const REFUSED: Pattern = {
  id: 'refused',
  title: 'A dependency refuses connections',
  match: ['ECONNREFUSED'],
  unless: [],
  verdict: 'no_code_cause',
  cause: 'Nothing listens there.',
  next: 'Start it.',
};

const commitOf = (file: string, date: number, sha = 'a1b2c3d4e5'): Commit => ({
  sha: sha.padEnd(40, '0'),
  author: 'Ann',
  date,
  subject: 'feat: labels',
  files: [file],
});

/** The hypotheses as text, each with the sides of its claims. */
async function weighed(anomaly: Anomaly, commits: readonly Commit[] = [], patterns: readonly Pattern[] = []) {
  const ports = { ...diagnosisPorts(FILES, null, commits), syntax: syntaxOnPaper, patterns };
  const { signal } = new AbortController();
  const { hypotheses, context, ...rest } = await diagnose(anomaly, ports, { id: 'd', offline: true, signal });
  const said = hypotheses.map((one) => ({
    standing: one.standing,
    text: one.text,
    for: one.for.map(({ text }) => text),
    against: one.against.map(({ text }) => text),
  }));
  return { ...rest, hypotheses, said, ids: context.map(({ id }) => id) };
}

const after = (anomaly: Anomaly, before: readonly string[]): Anomaly => ({
  ...anomaly,
  sample: { ...anomaly.sample, before: before.map(redact) },
});

describe('hypotheses', () => {
  it('are the line that threw, favoured, and the way that the value came', async () => {
    const { said } = await weighed(anomalyTelling(TRACE));
    expect(said.map(({ standing, text }) => `${standing}: ${text}`)).toEqual([
      'favoured: src/label.js:3 (label) uses `order.address`, which is null.',
      'possible: `address` is wrong where it is set, at src/orders.js:2 (orders).',
    ]);
    expect(said[1]?.for).toEqual([
      'src/orders.js:2 sets it: `return { id, address: id > 9 ? null : {} };`.',
      '`order` is a parameter of label; nothing sets it there.',
      'It is called at src/label.js:7: `return label(order);`.',
    ]);
  });

  it('rest on items of the context, and only what an item shows is confirmed', async () => {
    const { hypotheses, ids } = await weighed(anomalyTelling(TRACE));
    for (const { restsOn } of hypotheses.flatMap((one) => [...one.for, ...one.against])) {
      expect(restsOn.length).toBeGreaterThan(0);
      for (const id of restsOn) expect(ids).toContain(id);
    }
    const [thrown, spoken] = hypotheses[0]?.for ?? [];
    expect(thrown).toMatchObject({ restsOn: ['E1', 'S1'], sure: 'confirmed' });
    expect(spoken).toMatchObject({ text: expect.stringContaining('`order.address`'), sure: 'confirmed' });
    expect(hypotheses[1]?.for[1]).toMatchObject({
      text: expect.stringContaining('parameter'),
      sure: 'likely',
    });
  });

  it('have a change of that week as a ground, and rule an old or a later one out', async () => {
    const during = async (date: number) =>
      (await weighed(anomalyTelling(TRACE), [commitOf('src/label.js', date)])).said;
    expect((await during(AT - 3 * 3_600_000))[0]?.for.at(-1)).toBe(
      'Commit a1b2c3d4e5 last changed src/label.js:3, 3 h before this was first seen.',
    );
    const old = (await during(AT - 60 * DAY)).find(({ standing }) => standing === 'ruled_out');
    expect(old).toMatchObject({ text: 'A change of the suspected code set it off.' });
    expect(old?.against[0]).toContain('came 60 days before this was first seen');
    const late = (await during(AT + 3 * DAY)).find(({ standing }) => standing === 'ruled_out');
    expect(late?.against[0]).toContain('came 3 days after this was first seen');
  });

  it('name an outside failure that was logged just before, with what speaks against it', async () => {
    const before = ['GET /label', 'cache: connect ECONNREFUSED 10.0.0.7:6379'];
    const { said, verdict } = await weighed(after(anomalyTelling(TRACE), before), [], [REFUSED]);
    expect(verdict).toBe('cause');
    expect(said).toContainEqual({
      standing: 'possible',
      text: 'A dependency refuses connections, and this is what came of it.',
      for: ['It was logged shortly before: cache: connect ECONNREFUSED 10.0.0.7:6379'],
      against: ['TypeError is an error that code makes, not a network or a disk.'],
    });
  });

  it('rule the outside out only where its words were looked for', async () => {
    const outside = 'A service, network, disk or memory failed.';
    const anomaly = after(anomalyTelling(TRACE), ['GET /label']);
    const looked = (await weighed(anomaly, [], [REFUSED])).said.find(({ text }) => text === outside);
    expect(looked?.against).toEqual([
      'None of 1 known failures of that kind is in the error, nor in the line before it.',
    ]);
    expect((await weighed(anomaly)).said.map(({ text }) => text)).not.toContain(outside);
  });

  it('favour the outside failure that the error itself tells', async () => {
    const error = 'Error: connect ECONNREFUSED 10.0.0.7:5432\n    at label (/app/src/label.js:3:24)';
    const { said, sure, confidence } = await weighed(anomalyTelling(error), [], [REFUSED]);
    expect(said[0]).toMatchObject({ standing: 'favoured', text: 'A dependency refuses connections.' });
    expect({ sure, confidence }).toEqual({ sure: 'confirmed', confidence: 0.85 });
  });

  it('speak of input where the message quotes it, and of a setting where the line reads it', async () => {
    const parse = "ValueError: invalid literal for int() with base 10: '12,50'";
    const quoted = await weighed(anomalyTelling(`${TRACE.replace(/^.*$/m, parse)}`));
    expect(quoted.said.map(({ text }) => text)).toContain(
      'What came in is not of the form that is read there: `12,50`.',
    );
    const files = { 'src/label.js': 'function label() {\n  return new URL(process.env.SHOP_URL);\n}\n' };
    const ports = diagnosisPorts(files, null);
    const invalid = anomalyTelling('TypeError: Invalid URL\n    at label (/app/src/label.js:2:10)');
    const { signal } = new AbortController();
    const found = await diagnose(invalid, ports, { id: 'd', offline: true, signal });
    expect(found.hypotheses.map(({ text }) => text)).toContain(
      'The setting SHOP_URL is missing or wrong where app runs.',
    );
  });

  it('are none without evidence', async () => {
    const { said, verdict, confidence } = await weighed(anomalyTelling('12:00:01 nothing of the kind 7'));
    expect({ said, verdict, confidence }).toEqual({ said: [], verdict: 'inconclusive', confidence: 0.1 });
  });
});
