import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAppender } from '../../src/adapters/sources/journal/appender.ts';
import { BACKLOG_LIMIT } from '../../src/adapters/sources/journal/backlog.ts';
import { inboxFolder } from '../../src/adapters/sources/journal/find.ts';
import { frameOf } from '../../src/adapters/sources/journal/frame.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { connect } from '../../src/client/connect.ts';
import { until } from '../support/daemon-process.ts';
import { jumpingClock } from '../support/fault/jumping-clock.ts';
import { arrived, EXACT, type Ledger, ledger, type Outcome, outcomeOf } from '../support/fault/ledger.ts';
import { lineOf, numberIn } from '../support/fault/numbered.ts';
import { postEvents } from '../support/fault/posted.ts';
import { type Program, program } from '../support/fault/program.ts';
import { writeLines } from '../support/fault/read-again.ts';
import { supervised } from '../support/fault/supervised.ts';
import { report } from '../support/fault/table.ts';
import { sequence } from '../support/log-lines.ts';
import { freePort, realProgram } from '../support/real-program.ts';

const clock = systemClock();
let at: Program;
beforeEach(() => {
  at = program();
});
afterEach(() => at.remove());

const fileSource = { type: 'file', name: 'app', paths: ['app.log'] };
const log = () => join(at.root, 'app.log');

/** Ends the program in order; what became of what was handed over. */
async function ended(what: string, how: string, sent: Ledger): Promise<Outcome> {
  await arrived(at.stored, sent);
  expect(await at.stop()).toBe(0);
  const outcome = outcomeOf(at.stored, sent);
  report({ what, how, ...outcome });
  return outcome;
}

describe('another process holds the database', () => {
  /** The daemon may read on for a second before it waits: a batch of what it holds is not in the backlog. */
  const IN_HAND = 4_096;
  const AT_ONCE = 5_000;

  it('files wait, events are kept until the backlog is full, then refused; all that was kept is counted once', async () => {
    const port = await freePort();
    const [posted, written] = [ledger('web'), ledger('app')];
    at.configure([{ type: 'http', port }, fileSource]);
    at.start();
    await at.up();
    await until('it listens', async () => (await postEvents(port, posted, 1)).fate === 'kept');
    writeLines(log(), written, 100);
    await Promise.all([posted, written].map((sent) => arrived(at.stored, sent)));

    const other = new Database(at.paths.database);
    other.exec('begin immediate');
    await postEvents(port, posted, 100);
    writeLines(log(), written, 5_000);
    const says = (line: string) => line.includes('reading waits') && line.includes('"source":"web"');
    await until('reading waits', () => at.log().split('\n').some(says), 30_000);
    const before = { kept: posted.of.kept.size, refused: posted.of.refused.size };
    let answer = await postEvents(port, posted, AT_ONCE);
    while (answer.fate === 'kept') answer = await postEvents(port, posted, AT_ONCE);
    expect(answer).toMatchObject({ fate: 'refused', status: 429, retryAfter: '1' });
    const absorbed = posted.of.kept.size - before.kept;
    expect(absorbed).toBeGreaterThanOrEqual(BACKLOG_LIMIT - AT_ONCE - IN_HAND);
    expect(absorbed).toBeLessThanOrEqual(BACKLOG_LIMIT + IN_HAND);
    expect(posted.of.refused.size - before.refused).toBe(AT_ONCE);
    const client = await connect(at.paths.socket);
    expect(await client?.metrics()).toContain('{route="/api/v1/events",status="429"} 1');
    other.exec('rollback');
    other.close();

    await until('it takes events again', async () => (await postEvents(port, posted, 100)).fate === 'kept');
    await arrived(at.stored, posted, 120_000);
    await arrived(at.stored, written);
    expect((await client?.status())?.sources.map(({ dropped }) => dropped)).toEqual([0, 0, 0]);
    expect(await ended('http', 'database busy, backlog full', posted)).toMatchObject(EXACT);
    const outcome = outcomeOf(at.stored, written);
    report({ what: 'file', how: 'database busy', ...outcome });
    expect(outcome).toMatchObject(EXACT);
  });
});

describe.skipIf(realProgram('bwrap').skipped)('the disk is full', () => {
  const BOX = ['--dev-bind', '/', '/', '--size', '16000000', '--tmpfs'];
  const SUFFERER = join(import.meta.dirname, '../support/fault/small-disk.ts');

  it('what cannot be kept is refused, files wait, and with room again all that was kept is counted once', () => {
    const state = join(at.root, 'state');
    mkdirSync(state);
    const box = [...BOX, state, process.execPath, SUFFERER, at.root];
    const { stdout, stderr } = spawnSync('bwrap', box, { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    const { http, file, whileFull, ...result } = JSON.parse(stdout);
    report({ what: 'http', how: 'disk full', ...http });
    report({ what: 'file', how: 'disk full', ...file });
    expect(http).toMatchObject(EXACT);
    expect(file).toMatchObject(EXACT);
    expect(whileFull).toContain(507);
    expect([200, 202, 503, 507]).toEqual(expect.arrayContaining(whileFull));
    expect(result).toMatchObject({ code: 0, trouble: expect.stringContaining('the disk is full') });
    expect(result.refused).toBeGreaterThanOrEqual(50);
  });
});

describe('a log is deleted and made anew', () => {
  const ROUNDS = 6;

  it('while its writer still writes and while nobody reads: each line is read once', async () => {
    const sent = ledger('app');
    at.configure([fileSource]);
    at.start();
    for (let round = 0; round < ROUNDS; round += 1) {
      writeLines(log(), sent, 200);
      await arrived(at.stored, sent);
      const writer = openSync(log(), 'a');
      if (round % 3 === 2) await at.kill();
      unlinkSync(log());
      if (round % 3 === 2) at.start();
      else writeSync(writer, linesOf(sent, 100));
      closeSync(writer);
    }
    writeLines(log(), sent, 200);
    expect(await ended('file', `deleted and made anew ${ROUNDS} times`, sent)).toMatchObject(EXACT);
  });

  function linesOf(sent: Ledger, count: number): string {
    const numbers = sent.draw(count);
    sent.note(numbers, 'kept');
    return numbers.map((n) => lineOf(n, clock.now())).join('');
  }
});

describe('a journal is damaged', () => {
  const RECORDS = 5_000;
  const DAMAGED = 7;

  it('what is damaged is counted as dropped, and all the rest is read once', async () => {
    const sent = ledger('web');
    await keepUnread(sent);
    const damaged = damage(at.paths.journals);
    at.configure([]);
    at.start();
    await until('it is read to its end', () => at.stored.count('web') >= RECORDS - DAMAGED, 60_000);
    expect(await at.stop()).toBe(0);
    const outcome = outcomeOf(at.stored, sent);
    report({ what: 'http', how: `${DAMAGED} kept records damaged`, ...outcome });
    expect(outcome).toMatchObject({ ...EXACT, lost: DAMAGED });
    expect(at.stored.events('web').filter((text) => damaged.has(numberIn(text)))).toEqual([]);
    expect(at.stored.totals('web')).toEqual({ events: RECORDS - DAMAGED, dropped: DAMAGED });
  });

  /** As a daemon leaves it that was killed before it read any. */
  async function keepUnread(sent: Ledger): Promise<void> {
    const folder = await inboxFolder(at.paths.journals, { kind: 'api', source: 'web' }, clock.now());
    const journal = await openAppender({ folder, durable: true, onAppend: () => undefined });
    for (let i = 0; i < RECORDS; i += 1000) {
      const numbers = sent.draw(1000);
      const records = numbers.map((n) => `${lineOf(n, clock.now()).trimEnd()} ${'x'.repeat(2_000)}`);
      await journal.append(records.map(frameOf).join(''));
      sent.note(numbers, 'kept');
    }
    await journal.close();
  }

  /** Flips a bit in the middle of some records; which. */
  function damage(journals: string): ReadonlySet<number> {
    const random = sequence(7);
    const inbox = join(journals, readdirSync(journals)[0] ?? '');
    const path = join(inbox, readdirSync(inbox).toSorted()[0] ?? '');
    const lines = readFileSync(path, 'latin1').split('\n');
    const hit = new Set<number>();
    while (hit.size < DAMAGED) {
      const at = Math.floor(random() * (lines.length - 1));
      const line = lines[at] ?? '';
      const middle = Math.floor(line.length / 2);
      const flipped = String.fromCharCode(line.charCodeAt(middle) ^ 1);
      if (hit.has(at)) continue;
      hit.add(at);
      lines[at] = `${line.slice(0, middle)}${flipped}${line.slice(middle + 1)}`;
    }
    writeFileSync(path, lines.join('\n'), 'latin1');
    return hit;
  }
});

describe('the clock jumps', () => {
  const HOUR = 3_600_000;
  const JUMPS = [24 * HOUR, -HOUR, -24 * HOUR, HOUR];

  it('a day forward, an hour back: nothing is lost or repeated, and no source waits for the time to come again', async () => {
    const time = jumpingClock(clock.now());
    const watched = await supervised(at.root, log(), time);
    const [posted, written] = [ledger('web'), ledger('app')];
    /** Far less virtual time passes than the clock was set back. */
    const settle = (moment: string) =>
      until(`all is stored ${moment}`, async () => {
        await time.advance(250);
        const here = ({ source, of }: Ledger) => watched.stored.count(source) >= of.kept.size;
        return here(posted) && here(written);
      });
    for (const jump of JUMPS) {
      time.jump(jump);
      writeLines(log(), written, 100);
      await watched.post(posted, 100);
      await settle(`after a jump of ${jump / HOUR} h`);
      await watched.hold(written);
      time.jump(jump);
      await settle(`though the beginning of a trace was held at a jump of ${jump / HOUR} h`);
    }
    await watched.stop();
    const outcomes = [posted, written].map((sent) => outcomeOf(watched.stored, sent));
    for (const [i, what] of ['http', 'file'].entries()) {
      const outcome = outcomes[i];
      if (outcome !== undefined) report({ what, how: `clock set ${2 * JUMPS.length} times`, ...outcome });
      expect(outcome).toMatchObject(EXACT);
    }
  });
});
