import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFix } from '../../src/codegen/plan.ts';
import { pullText } from '../../src/codegen/pull-text.ts';
import { diagnose, previewPrompt } from '../../src/diagnosis/diagnose.ts';
import type { AnomalyFacts } from '../../src/domain/anomaly.ts';
import { redact } from '../../src/domain/redact.ts';
import { diagnosisPorts } from '../support/diagnosis-ports.ts';
import { aFix, rules } from '../support/fix-samples.ts';
import { openings, pipelineOf, pushLines, requestLine, T0 } from '../support/log-lines.ts';
import { saying } from '../support/saying.ts';
import { encoding, formsOf, named, standing, WRITINGS } from '../support/secrets.ts';

/** A secret, and the words that carry it. */
const planted = fc
  .oneof(
    standing.map((secret) => ({ secret, text: secret })),
    fc.tuple(named, fc.constantFrom(...WRITINGS)).map(([[name, value], write]) => ({
      secret: value,
      text: write(name, value),
    })),
  )
  .chain(({ secret, text }) => encoding.map((encode) => ({ secret, text: encode(text) })));

/** Where telemetry may carry it into an error. */
const PLACES: readonly ((text: string) => readonly string[])[] = [
  (text) => ['Error: it broke', `${oneLine(text)}`, '    at f (/srv/app/src/a.js:3:1)'],
  (text) => [`TypeError: failed for ${oneLine(text)}`, '    at f (/srv/app/src/a.js:3:1)'],
  (text) => [oneLine(text), 'TypeError: x is undefined', '    at f (/srv/app/src/a.js:3:1)'],
  (text) => ['TypeError: x is undefined', `    at f (/srv/app/${oneLine(text)}/a.js:3:1)`],
  (text) => [
    JSON.stringify({ level: 50, time: T0 + 50_000, msg: `it broke: ${text}`, err: { message: text } }),
  ],
  (text) => [JSON.stringify({ level: 50, time: T0 + 50_000, msg: 'it broke', note: text, user: text })],
];

const CODE = { 'src/a.js': 'function f(x) {\n  // reads it\n  return x.y;\n}\n' };
const briefTemplate = readFileSync('templates/brief.md', 'utf8');
const template = readFileSync('templates/pull-request.md', 'utf8');

describe('the one door, whatever telemetry carries', () => {
  it('lets no planted secret into what is kept, told, asked of a model, given to an agent or proposed', async () => {
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(planted, fc.constantFrom(...PLACES), async ({ secret, text }, place) => {
        const pipeline = pipelineOf({ keep: 'all' });
        const quiet = Array.from({ length: 80 }, (_, i) => requestLine(T0 + i * 500, '/a', 5));
        pushLines(pipeline, quiet);
        const batch = {
          stream: 's',
          records: place(text),
          offsets: place(text).map((_, i) => 100 + i),
          marks: null,
          receivedAt: T0 + 60_000,
        };
        const pushed = pipeline.push(batch);
        const ended = pipeline.advance(T0 + 3_600_000);
        const kept = JSON.stringify([pushed, ended]);
        shows(kept, secret);
        for (const facts of openings([...pushed.sightings, ...ended.sightings])) {
          opened += 1;
          for (const left of await whatLeaves(facts, secret)) shows(left, secret);
        }
      }),
      { numRuns: 300 },
    );
    expect(opened).toBeGreaterThan(150);
  });
});

/** The prompt; the diagnosis of a model that says the secret; plan and brief; title and body of the pull request. */
async function whatLeaves(facts: AnomalyFacts, secret: string): Promise<readonly string[]> {
  const anomaly = { ...facts, status: 'diagnosed', diagnosisId: 'd1' } as const;
  const ports = diagnosisPorts(
    CODE,
    saying({ root_cause: `x is ${secret}`, claims: [{ text: `x: ${secret}`, rests_on: ['E1'] }] }),
  );
  const { prompt } = await previewPrompt(anomaly, ports);
  const options = { id: 'd1', offline: false, signal: new AbortController().signal };
  const diagnosis = await diagnose(anomaly, ports, options);
  if (diagnosis.suspects.length === 0) return [prompt];
  const base = { commit: 'a'.repeat(40), branch: 'main' };
  const plan = planFix({ anomaly, diagnosis, base, rules, briefTemplate });
  const pull = pullText({ anomaly, diagnosis, fix: aFix(), template });
  return [prompt, plan.brief, plan.commitMessage, plan.branch, pull.title, pull.body];
}

function shows(text: string, secret: string): void {
  for (const form of formsOf(secret)) expect(text).not.toContain(form);
}

/** A line break ends a record of text: what comes behind it is another one. */
function oneLine(text: string): string {
  return text.replaceAll('\n', '\\n');
}

it('hides what a configuration adds, only while it is said', async () => {
  const { hideAlso } = await import('../../src/domain/redact/own-rules.ts');
  await hideAlso({ ips: true, patterns: ['CUST-\\d{6}', 'tenant=(\\w+)'] });
  try {
    const seen = redact('CUST-123456 tenant=acme from 10.0.0.7 and 2001:db8::1 at 12:30:45, v1.2.3');
    expect(seen).toBe(
      '<REDACTED:own_rule> tenant=<REDACTED:own_rule> from <REDACTED:ip> and <REDACTED:ip> at 12:30:45, v1.2.3',
    );
    expect(redact(seen)).toBe(seen);
  } finally {
    await hideAlso({ ips: false, patterns: [] });
  }
  expect(redact('CUST-123456 from 10.0.0.7')).toBe('CUST-123456 from 10.0.0.7');
  await expect(hideAlso({ ips: false, patterns: ['('] })).rejects.toMatchObject({ code: 'bad_config' });
  await expect(hideAlso({ ips: false, patterns: ['x*'] })).rejects.toMatchObject({ code: 'bad_config' });
});
