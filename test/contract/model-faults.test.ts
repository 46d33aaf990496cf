import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { Provider } from '../../src/adapters/llm/options.ts';
import {
  closesAfterEmptyLines,
  cut,
  emptyLinesForEver,
  page,
  type Reply,
  says,
  saysAfterEmptyLines,
  silence,
  status,
} from '../support/provider-server.ts';
import { providerWorld } from '../support/provider-world.ts';

const ANSWER = '{"root_cause":"x"}';
const PROSE = 'The cause is x.';
/** Above the ports that systems hand out: nobody listens there. */
const NOBODY = 'http://127.0.0.1:65535/v1';

/** Price of 1000 tokens in and 200 out, and of the most that the question may cost, US dollars. */
const PAID = 0.003;
const MOST = 0.0030145;

type End = 'first' | 'next' | 'none';

interface Fault {
  readonly what: string;
  /** Replies of the first provider, the last one again and again. */
  readonly replies: readonly Reply[];
  readonly calls: number;
  /** Who answered in the end. */
  readonly end: End;
  /** From the first failure to the first call of the next provider, ms; null where it is not called. */
  readonly fallbackMs: number | null;
  /** From the beginning to the end of all, ms. */
  readonly allMs: number;
  /** What is recorded for the first provider, US dollars. */
  readonly dollars: number;
  readonly change?: Partial<Provider>;
}

const fault = (
  what: string,
  replies: readonly Reply[],
  [calls, end, fallbackMs, allMs, dollars]: readonly [number, End, number | null, number, number],
  change: Partial<Provider> = {},
): Fault => ({ what, replies, calls, end, fallbackMs, allMs, dollars, change });

const retryAfter = (told: string) => status(429, 'slow down', { 'retry-after': told });

/** What each should do: contracts of the providers, and the traps of DeepSeek. */
const FAULTS: readonly Fault[] = [
  fault('answers', [says(ANSWER)], [1, 'first', null, 0, PAID]),
  fault('answers, tokens not counted', [says(ANSWER, { usage: null })], [1, 'first', null, 0, MOST]),
  fault('empty lines, then the answer', [saysAfterEmptyLines(ANSWER)], [1, 'first', null, 0, PAID]),
  fault('empty lines, then closed, twice', [closesAfterEmptyLines], [2, 'next', 500, 500, 2 * MOST]),
  fault('blank content, then the answer', [says(' \n '), says(ANSWER)], [2, 'first', null, 0, 2 * PAID]),
  fault('blank content twice', [says(' \n ')], [2, 'next', 0, 0, 2 * PAID]),
  fault('only thoughts, no content, twice', [says(null, { reasoning: ANSWER })], [2, 'next', 0, 0, 2 * PAID]),
  fault('wrong form, then repaired', [says(PROSE), says(ANSWER)], [2, 'first', null, 0, 2 * PAID]),
  fault('wrong form twice', [says(PROSE)], [2, 'next', 0, 0, 2 * PAID]),
  fault('refusal', [says(null, { refusal: 'I cannot.' })], [1, 'next', 0, 0, PAID]),
  fault('stopped by a content filter', [says('', { finish: 'content_filter' })], [1, 'next', 0, 0, PAID]),
  fault(
    'broken off under load twice',
    [says('{"root', { finish: 'insufficient_system_resource' })],
    [2, 'next', 0, 0, 2 * PAID],
  ),
  fault('a web page with status 200', [page(200)], [2, 'next', 0, 0, 2 * MOST]),
  fault('400, `json_schema` refused', [status(400, 'unavailable now')], [1, 'none', null, 0, 0]),
  fault('401, wrong key', [status(401)], [1, 'next', 0, 0, 0]),
  fault('402, no balance', [status(402, 'You have run out of balance')], [1, 'next', 0, 0, 0]),
  fault('404, model gone', [status(404)], [1, 'next', 0, 0, 0]),
  fault('422, parameters', [status(422)], [1, 'none', null, 0, 0]),
  fault(
    '429, retry after 1 s, then the answer',
    [retryAfter('1'), says(ANSWER)],
    [2, 'first', null, 1000, PAID],
  ),
  fault('429 twice', [status(429)], [2, 'next', 500, 500, 0]),
  fault('429, retry after an hour', [retryAfter('3600')], [1, 'next', 0, 0, 0]),
  fault('500, then the answer', [status(500), says(ANSWER)], [2, 'first', null, 500, PAID]),
  fault('500 twice', [status(500)], [2, 'next', 500, 500, 0]),
  fault('502 with a web page twice', [page(502)], [2, 'next', 500, 500, 0]),
  fault('503, overloaded, twice', [status(503)], [2, 'next', 500, 500, 0]),
  fault('503, then silence', [status(503), silence], [2, 'next', 5000, 5000, MOST]),
  fault(
    '503, then a wrong form, then repaired',
    [status(503), says(PROSE), says(ANSWER)],
    [3, 'first', null, 500, 2 * PAID],
  ),
  fault('connection cut twice', [cut], [2, 'next', 500, 500, 2 * MOST]),
  fault('connection refused twice', [], [2, 'next', 500, 500, 0], { baseUrl: NOBODY }),
  fault('silence', [silence], [1, 'next', 0, 60_000, MOST]),
  fault('empty lines for ever', [emptyLinesForEver], [1, 'next', 0, 60_000, MOST]),
  fault('no key', [], [0, 'next', null, 0, 0], { keyEnv: 'KEY_NONE' }),
  fault('price unknown', [], [0, 'next', null, 0, 0], { price: null }),
];

const table: string[] = [];

describe.each(FAULTS)('a first provider with: $what', ({ what, replies, change = {}, ...expected }) => {
  it(`ends with ${expected.end}`, async () => {
    const world = await providerWorld([replies, [says(ANSWER)]], { changes: [change] });
    try {
      const said = await world.ask().then(
        ({ model }) => model,
        (error: unknown) => error,
      );
      const firsts = world.calls.filter(({ provider }) => provider === 'p1');
      const next = world.calls.find(({ provider }) => provider === 'p2');
      const failedAt = firsts[0]?.ended;
      const found = {
        calls: firsts.length,
        end: ending(said),
        fallbackMs: next === undefined || failedAt == null ? null : next.began - failedAt,
        allMs: world.calls.at(-1)?.ended ?? Number.NaN,
        dollars: world.cost.dollars - (next === undefined ? 0 : PAID),
      };
      expect(found).toEqual({ ...expected, dollars: expect.closeTo(expected.dollars, 9) });
      expect(await world.spent()).toBeCloseTo(world.cost.dollars, 9);
      table.push(row(what, found));
    } finally {
      await world.close();
    }
  });
});

/** Whoever was measured last tells all. */
afterAll(async () => {
  const text = await readFile(new URL('../../docs/diagnosis.md', import.meta.url), 'utf8');
  expect(text, 'the fault table of docs/diagnosis.md').toContain(table.join('\n'));
});

function ending(said: unknown): End {
  if (said === 'p1/model-as-answered') return 'first';
  if (said === 'p2/model-as-answered') return 'next';
  expect(said).toMatchObject({ code: 'provider_failed' });
  return 'none';
}

function row(what: string, found: Omit<Fault, 'what' | 'replies'>): string {
  const who = { first: 'it answers', next: 'the next answers', none: 'end, offline' }[found.end];
  const fallback = found.fallbackMs === null ? '' : `${found.fallbackMs / 1000} s`;
  const cells = [what, found.calls, who, fallback, `${found.allMs / 1000} s`, `$${found.dollars.toFixed(4)}`];
  return `| ${cells.join(' | ')} |`;
}
