import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/adapters/sqlite/store.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import type { Anomaly } from '../../src/domain/anomaly.ts';
import type { Feed } from '../support/fault/feed.ts';
import { arrived, EXACT, type Ledger, ledger, outcomeOf } from '../support/fault/ledger.ts';
import { faultOf, numberIn } from '../support/fault/numbered.ts';
import { alertmanagerFeed, httpFeed, otlpFeed, sentryFeed } from '../support/fault/posted.ts';
import { type Program, program } from '../support/fault/program.ts';
import { commandFeed, dockerFeed, fileFeed, journaldFeed } from '../support/fault/read-again.ts';
import { report } from '../support/fault/table.ts';
import { withoutJournals } from '../support/journal-files.ts';
import { sequence } from '../support/log-lines.ts';

/** Of all rows together; `VIGILAI_FAULT_KILLS=100` for a hundred. */
const KILLS = Number(process.env['VIGILAI_FAULT_KILLS'] ?? 20);
const SEED = 20_260_105;
const MOST_AT_ONCE = 40;

/** A source, its share in twenty kills, and who feeds it. */
const ROWS: readonly (readonly [string, number, (at: Program) => Promise<Feed>])[] = [
  ['file', 4, fileFeed],
  ['command', 3, commandFeed],
  ['http', 3, httpFeed],
  ['otlp', 2, otlpFeed],
  ['sentry', 2, sentryFeed],
  ['alertmanager', 2, alertmanagerFeed],
  ['docker', 2, dockerFeed],
  ['journald', 2, journaldFeed],
];

const clock = systemClock();
let at: Program;
let feed: Feed | null;
beforeEach(() => {
  at = program();
  feed = null;
});
afterEach(async () => {
  await feed?.close();
  await at.remove();
});

describe.each(ROWS)('%s', (what, share, open) => {
  it.skipIf(what === 'journald' && withoutJournals)(
    'is killed while events arrive, and has each exactly once',
    async () => {
      const kills = Math.max(1, Math.round((KILLS * share) / 20));
      const random = sequence(SEED + share + what.length);
      feed = await open(at);
      at.configure(feed.configured === null ? [] : [feed.configured]);

      const sent = ledger(feed.source);
      const feeding = keepFeeding(feed, sent, random);
      for (let kill = 0; kill < kills; kill += 1) {
        at.start();
        await momentOfDeath(random);
        await at.kill();
        feed.whileDown();
      }
      at.start();
      await at.up();
      await clock.sleep(1_000);
      await feeding.stop();
      await feed.end();
      await arrived(at.stored, sent);
      expect(await at.stop()).toBe(0);

      const outcome = outcomeOf(at.stored, sent);
      report({ what, how: `${kills} kills`, ...outcome });
      expect(outcome).toMatchObject(EXACT);
      expect(outcome.events).toBeGreaterThan(kills * 50);
      await checkAnomalies(feed);
    },
  );
});

/** Every anomaly is there once, and each exception is counted as often as it is stored. */
async function checkAnomalies({ source, exceptions }: Feed): Promise<void> {
  const anomalies = await allAnomalies();
  const fingerprints = anomalies.map((one) => one.fingerprint);
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
  if (!exceptions) return;
  const stored = at.stored.events(source).flatMap((text) => faultOf(numberIn(text)) ?? []);
  const expected = [...Map.groupBy(stored, (type) => type)].map(([type, all]) => [type, all.length] as const);
  const errors = anomalies.filter((one) => one.kind === 'error');
  const counted = errors.map((one) => [one.sample.trace?.errorType ?? '', one.occurrences] as const);
  expect(counted).toHaveLength(expected.length);
  expect(new Map(counted)).toEqual(new Map(expected));
}

async function allAnomalies(): Promise<readonly Anomaly[]> {
  const store = await openSqliteStore(at.paths.database);
  const all = { status: null, from: null, to: null, confidenceMin: null, source: null, after: null };
  const { items } = await store.anomalies({ ...all, limit: 500 });
  await store.close();
  return items;
}

/** Mostly while it reads, sometimes while it starts. */
async function momentOfDeath(random: () => number): Promise<void> {
  const starting = random() < 0.25;
  if (!starting) await at.up();
  await clock.sleep(random() * (starting ? 1_000 : 1_500));
}

/** Hands over a few at a time until it is stopped. */
function keepFeeding({ hand, senders }: Feed, sent: Ledger, random: () => number) {
  let over = false;
  async function send(): Promise<void> {
    while (!over) {
      const numbers = sent.draw(1 + Math.floor(random() * MOST_AT_ONCE));
      sent.note(numbers, await hand(numbers));
      await clock.sleep(5 + random() * 30);
    }
  }
  const running = Promise.all(Array.from({ length: senders }, send));
  return {
    async stop() {
      over = true;
      await running;
    },
  };
}
