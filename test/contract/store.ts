import { afterEach, describe, expect, it } from 'vitest';
import type { AnomalyFacts } from '../../src/domain/anomaly.ts';
import { ALONE, type Alongside } from '../../src/domain/companion.ts';
import { type DeadLetter, deadLetterId } from '../../src/domain/dead-letter.ts';
import { freshId } from '../../src/domain/ids.ts';
import type { Job } from '../../src/domain/job.ts';
import type { PullRequest } from '../../src/domain/pull-request.ts';
import { redact } from '../../src/domain/redact.ts';
import { HOUR_MS, type Rollup } from '../../src/domain/rollup.ts';
import type { Sighting } from '../../src/domain/sighting.ts';
import type { AnomalyQuery, Progress, RecordQuery, Store } from '../../src/ports/store.ts';
import { AT, diagnosisFor, factsFor, fixFor } from '../support/nouns.ts';
import { progressOf } from '../support/progress.ts';

const NOTHING: Progress = progressOf({ at: AT });
const ALL: AnomalyQuery = {
  status: null,
  from: null,
  to: null,
  confidenceMin: null,
  source: null,
  after: null,
  limit: 100,
};
const JOB: Job = {
  id: 'job-1',
  kind: 'diagnose',
  subject: 'anomaly-1',
  resultId: 'result-1',
  options: { offline: false, engine: null, openPr: false, reviewers: [] },
  status: 'queued',
  attempts: 0,
  progress: 0,
  step: 'waiting',
  error: null,
  createdAt: AT,
  notBefore: null,
  updatedAt: AT,
};
const PULL: PullRequest = {
  id: 'pull-1',
  fixId: 'fix-1',
  anomalyId: 'anomaly-1',
  repository: 'acme/shop',
  branchName: 'vigilai/x',
  baseBranch: 'main',
  title: 'fix x',
  description: 'because',
  status: 'open',
  githubPrNumber: 7,
  githubPrUrl: 'https://example.invalid/7',
  jiraTicketId: null,
  reviewStatus: 'pending',
  timestamp: AT,
};

function opened(facts: AnomalyFacts): Sighting {
  return { kind: 'opened', facts };
}

function repeated(
  fingerprint: string,
  count: number,
  lastSeen = AT + 1,
  alongside: Alongside = ALONE,
): Sighting {
  const opening = factsFor(fingerprint).id;
  return {
    kind: 'repeated',
    fingerprint,
    opening,
    count,
    lastSeen,
    confidence: 0.998,
    course: [],
    alongside,
    worse: null,
  };
}

function later(fingerprint: string, changes: Partial<AnomalyFacts> = {}): AnomalyFacts {
  return factsFor(fingerprint, { id: freshId(), eventId: freshId(), ...changes });
}

/**
 * What must hold for every Store. `open` opens a new, empty one; `again` a second one over the same data, as another
 * process would; `drop` removes the data.
 */
export function storeContract(
  name: string,
  open: () => Promise<{ readonly store: Store; again: () => Promise<Store>; drop: () => Promise<void> }>,
): void {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function pair(): Promise<{ readonly store: Store; readonly other: () => Promise<Store> }> {
    const { store, again, drop } = await open();
    closing.push(async () => {
      await store.close();
      await drop();
    });
    const other = async () => {
      const second = await again();
      closing.unshift(() => second.close());
      return second;
    };
    return { store, other };
  }
  const fresh = async (): Promise<Store> => (await pair()).store;
  const commit = (store: Store, sightings: readonly Sighting[]) => store.commit({ ...NOTHING, sightings });

  describe(`${name}: what a person has said`, () => {
    const range = [10, 20] as const;
    const metric = (worst: number, changes: Partial<AnomalyFacts> = {}) =>
      later('m', { metricValue: worst, worst, expectedRange: range, ...changes });

    it('keeps the values around the opening, and those that come later', async () => {
      const { store, other } = await pair();
      const before = [
        { time: AT - 1, value: 12.5, expected: range },
        { time: AT, value: 1e-9, expected: null },
      ];
      const facts = metric(30, { course: before });
      await commit(store, [opened(facts)]);
      const course = [{ time: AT + 1, value: -3, expected: range }];
      const goesOn = { ...repeated('m', 0, AT), opening: facts.id, course };
      await commit(store, [goesOn]);
      const found = await (await other()).anomaly(facts.id);
      expect(found?.course).toEqual([...before, ...course]);
      expect(found).toMatchObject({ worst: 30, occurrences: 1, mutedUntil: null });
    });

    it('keeps what turned abnormal with it, and names nobody twice', async () => {
      const { store, other } = await pair();
      const first = metric(30);
      await commit(store, [opened(first)]);
      expect((await store.anomaly(first.id))?.alongside).toEqual(ALONE);
      const network = { name: 'network', value: 12_761, expected: range };
      const cpu = { name: 'cpu host=a', value: 0.97, expected: null };
      const goesOn = repeated('m', 1, AT + 1, { series: [network], count: 1 });
      await commit(store, [goesOn, goesOn, repeated('m', 1)]);
      await commit(store, [opened(metric(31, { alongside: { series: [network, cpu], count: 14 } }))]);
      const found = await (await other()).anomaly(first.id);
      expect(found?.alongside).toEqual({ series: [network, cpu], count: 14 });
    });

    it('lets what was dismissed be silent until it is clearly worse', async () => {
      const store = await fresh();
      const first = metric(30);
      await commit(store, [opened(first)]);
      await store.moveAnomaly(first.id, 'detected', { status: 'false_positive', at: AT });
      expect(await commit(store, [opened(metric(33))])).toMatchObject([{ change: 'silent' }]);
      const [loud] = await commit(store, [opened(metric(60))]);
      expect(loud).toMatchObject({ change: 'opened', anomaly: { worst: 60, recurrenceOf: first.id } });
    });

    it('mutes until a time, and no longer', async () => {
      const { store, other } = await pair();
      const first = metric(30);
      await commit(store, [opened(first)]);
      expect(await store.muteAnomaly(first.id, AT + 10)).toMatchObject({ mutedUntil: AT + 10 });
      const again = await other();
      const at = (time: number) => again.commit({ ...NOTHING, sightings: [opened(metric(30))], at: time });
      expect(await at(AT + 9)).toMatchObject([{ change: 'silent' }]);
      expect(await at(AT + 10)).toMatchObject([{ change: 'joined' }]);
      expect(await store.muteAnomaly(first.id, null)).toMatchObject({ mutedUntil: null });
      expect(await store.muteAnomaly(freshId(), AT)).toBeNull();
    });
  });

  describe(`${name}: progress`, () => {
    it('gives back cursors, memory and totals as another process left them', async () => {
      const { store, other } = await pair();
      const cursor = { stream: '1:2:ab', offset: 7_000_000_000, mark: '{"path":"a.log"}' };
      const bytes = Uint8Array.of(0, 1, 255);
      await store.commit({ ...NOTHING, cursors: [cursor], memory: new Map([['z', bytes]]), events: 3 });
      const second = await other();
      expect(await second.cursors('app')).toEqual([cursor]);
      expect(await second.memory('app')).toEqual(new Map([['z', bytes]]));
      expect(await second.sourceTotals()).toEqual([{ source: 'app', events: 3, dropped: 0, lastCommit: AT }]);
    });

    it('moves cursors, changes and drops memory, adds up events', async () => {
      const store = await fresh();
      const at = (offset: number) => [{ stream: 's', offset, mark: null }];
      const both = new Map([
        ['a', Uint8Array.of(1)],
        ['b', Uint8Array.of(2)],
      ]);
      await store.commit({ ...NOTHING, cursors: at(5), memory: both, events: 2 });
      const change = new Map([
        ['a', Uint8Array.of(9)],
        ['b', null],
      ]);
      await store.commit({ ...NOTHING, cursors: at(8), memory: change, events: 5, at: AT + 9 });
      expect(await store.cursors('app')).toEqual(at(8));
      expect(await store.memory('app')).toEqual(new Map([['a', Uint8Array.of(9)]]));
      expect(await store.sourceTotals()).toEqual([
        { source: 'app', events: 7, dropped: 0, lastCommit: AT + 9 },
      ]);
    });

    it('keeps sources apart and forgets ended streams', async () => {
      const store = await fresh();
      const cursors = ['one', 'two'].map((stream) => ({ stream, offset: 1, mark: null }));
      await store.commit({ ...NOTHING, cursors, memory: new Map([['m', Uint8Array.of(1)]]) });
      await store.commit({ ...NOTHING, source: 'other', cursors });
      await store.commit({ ...NOTHING, endedStreams: ['one'] });
      expect((await store.cursors('app')).map(({ stream }) => stream)).toEqual(['two']);
      expect(await store.cursors('other')).toHaveLength(2);
      expect((await store.memory('other')).size).toBe(0);
    });

    it('saves everything of a commit or nothing', async () => {
      const store = await fresh();
      const broken = { ...factsFor('broken'), fingerprint: null as unknown as string };
      const cursors = [{ stream: 's', offset: 5, mark: null }];
      const progress = {
        ...NOTHING,
        cursors,
        events: 4,
        sightings: [opened(factsFor('fine')), opened(broken)],
      };
      await expect(store.commit(progress)).rejects.toThrow();
      expect((await store.anomalies(ALL)).items).toEqual([]);
      expect(await store.cursors('app')).toEqual([]);
      expect(await store.sourceTotals()).toEqual([]);
    });
  });

  describe(`${name}: what ingestion keeps`, () => {
    const letter = (n: number, at = AT): DeadLetter => {
      const place = { source: n % 2 === 0 ? 'app' : 'other', stream: 's', offset: n };
      return { ...place, id: deadLetterId(place), at, reason: 'TypeError: x', text: redact(`line ${n}`) };
    };

    it('sets a record aside once, whoever reads it again, newest first and by page', async () => {
      const store = await fresh();
      const dead = [1, 2, 3, 4].map((n) => letter(n, AT + n));
      await store.commit({ ...NOTHING, dead });
      await store.commit({ ...NOTHING, dead: dead.slice(2) });
      expect(await store.deadCount()).toBe(4);
      const first = await store.deadLetters({ source: null, after: null, limit: 3 });
      expect(first.items).toEqual([4, 3, 2].map((n) => letter(n, AT + n)));
      const second = await store.deadLetters({ source: null, after: first.next, limit: 3 });
      expect([second.items.map(({ offset }) => offset), second.next]).toEqual([[1], null]);
      const own = await store.deadLetters({ source: 'app', after: null, limit: 9 });
      expect(own.items.map(({ offset }) => offset)).toEqual([4, 2]);
    });

    it('finds a dead letter by the beginning of its id, and drops it', async () => {
      const store = await fresh();
      await store.commit({ ...NOTHING, dead: [letter(1), letter(2)] });
      const { id } = letter(1);
      expect(await store.deadByPrefix(id.slice(0, 8), 2)).toEqual([letter(1)]);
      await store.dropDead([id]);
      await store.dropDead([]);
      expect(await store.deadByPrefix(id, 2)).toEqual([]);
      expect(await store.deadCount()).toBe(1);
    });

    it('adds up what was lost', async () => {
      const store = await fresh();
      await store.commit({ ...NOTHING, dropped: 2 });
      await store.commit({ ...NOTHING, events: 1, dropped: 3, at: AT + 1 });
      expect(await store.sourceTotals()).toEqual([
        { source: 'app', events: 1, dropped: 5, lastCommit: AT + 1 },
      ]);
    });

    it('keeps hours of series, late parts of an hour together', async () => {
      const store = await fresh();
      const hour = (n: number, series: string, value: number): Rollup => {
        return { series, hour: n * HOUR_MS, count: 2, sum: 2 * value, min: value - 1, max: value + 1 };
      };
      await store.commit({ ...NOTHING, rollups: [hour(1, 'a', 5), hour(1, 'b', 50), hour(2, 'a', 6)] });
      await store.commit({ ...NOTHING, rollups: [hour(3, 'c', 1), hour(2, 'a', 8)] });
      await store.commit({ ...NOTHING, source: 'other', rollups: [hour(1, 'a', 500)] });
      const all = { source: 'app', series: 'a', from: 0, to: 9 * HOUR_MS };
      expect(await store.rollups(all)).toEqual([
        hour(1, 'a', 5),
        { series: 'a', hour: 2 * HOUR_MS, count: 4, sum: 28, min: 5, max: 9 },
      ]);
      expect(await store.rollups({ ...all, from: 2 * HOUR_MS, series: 'c' })).toEqual([hour(3, 'c', 1)]);
      expect(await store.rollups({ ...all, series: 'none' })).toEqual([]);
      expect(await store.rolledSeries('app')).toEqual(['a', 'b', 'c']);
    });

    it('forgets what is old: closed anomalies with what hangs on them, events, letters and hours', async () => {
      const store = await fresh();
      const facts = [factsFor('old'), factsFor('open')];
      const kept = [1, 2].map((n) => {
        return { id: `e${n}`, timestamp: AT, type: 'log' as const, json: redact('{}') };
      });
      await store.commit({
        ...NOTHING,
        sightings: facts.map((one) => ({ kind: 'opened' as const, facts: one })),
        dead: [letter(1), letter(2, AT + 10)],
        rollups: [{ series: 'a', hour: AT - 1, count: 1, sum: 1, min: 1, max: 1 }],
        kept,
      });
      const [old = factsFor('')] = facts;
      await store.moveAnomaly(old.id, 'detected', { status: 'false_positive', at: AT } as never);
      await store.saveDiagnosis({ ...diagnosisFor(old.id), anomalyId: old.id });
      const before = Math.max(...facts.map(({ lastSeen }) => lastSeen)) + 1;
      expect(await store.prune(Math.max(before, AT + 5), 1)).toMatchObject({
        anomalies: 1,
        deadLetters: 1,
        events: 1,
      });
      expect(await store.pruneEvents(9)).toBe(1);
      expect(await store.anomaly(old.id)).toBeNull();
      expect((await store.anomalies(ALL)).items).toHaveLength(1);
      expect((await store.totals()).diagnoses).toBe(0);
    });

    it('finds stored records by when they happened, who wrote them and what they say', async () => {
      const store = await fresh();
      const record = (id: string, timestamp: number, message: string) => ({
        id,
        timestamp,
        type: 'log' as const,
        json: redact(
          JSON.stringify({
            timestamp,
            level: 'warn',
            message,
            error: null,
            text: `>${message}`,
            labels: { v: '1' },
          }),
        ),
      });
      const point = { id: 'p', timestamp: 15, type: 'metric' as const, json: redact('{}') };
      const kept = [record('a', 10, 'first r-1'), record('b', 20, 'second r-2'), point];
      const cut = { id: 'd', timestamp: 40, type: 'error' as const, json: redact('{"message":"cut') };
      await store.commit({ ...NOTHING, kept });
      await store.commit({ ...NOTHING, source: 'db', kept: [record('c', 30, 'third r-2'), cut] });
      const ask = { from: 0, to: 100, order: 'oldest_first' as const, source: null, saying: null, limit: 9 };
      const ids = async (query: Partial<RecordQuery>) =>
        (await store.records({ ...ask, ...query })).map(({ id }) => id);
      expect(await ids({})).toEqual(['a', 'b', 'c', 'd']);
      expect(await ids({ order: 'newest_first', limit: 2 })).toEqual(['d', 'c']);
      expect(await ids({ from: 20, to: 30 })).toEqual(['b', 'c']);
      expect(await ids({ source: 'app' })).toEqual(['a', 'b']);
      expect(await ids({ saying: 'r-2' })).toEqual(['b', 'c']);
      const [first, , , last] = await store.records(ask);
      expect(first).toEqual({
        id: 'a',
        source: 'app',
        timestamp: 10,
        level: 'warn',
        message: 'first r-1',
        error: null,
        text: '>first r-1',
        labels: { v: '1' },
      });
      expect(last).toMatchObject({ source: 'db', level: null, text: '{"message":"cut' });
    });

    it('gives the hours of all series of a source at once', async () => {
      const store = await fresh();
      const hour = (n: number, series: string): Rollup => ({
        series,
        hour: n * HOUR_MS,
        count: 1,
        sum: n,
        min: n,
        max: n,
      });
      await store.commit({ ...NOTHING, rollups: [hour(1, 'a'), hour(1, 'b'), hour(2, 'a')] });
      const all = { source: 'app', series: null, from: 0, to: 9 * HOUR_MS };
      expect(await store.rollups(all)).toEqual([hour(1, 'a'), hour(1, 'b'), hour(2, 'a')]);
      expect(await store.rollups({ ...all, source: 'db' })).toEqual([]);
    });

    it('knows what became of an anomaly after it was closed', async () => {
      const store = await fresh();
      const facts = factsFor('a');
      expect(await store.became(facts.id)).toEqual({ diagnosis: null, fix: null, pull: null });
      const old = diagnosisFor(facts.id, { id: 'd1', timestamp: AT });
      const diagnosis = diagnosisFor(facts.id, { id: 'd2', timestamp: AT + 1 });
      const fix = fixFor(diagnosis);
      const pull = { ...PULL, anomalyId: facts.id };
      await store.commit({ ...NOTHING, sightings: [opened(facts)] });
      await store.saveDiagnosis(diagnosis);
      await store.saveDiagnosis(old);
      await store.saveFix(fix);
      await store.savePull(pull);
      await store.moveAnomaly(facts.id, 'detected', { status: 'resolved', at: AT });
      expect(await store.became(facts.id)).toEqual({ diagnosis, fix, pull });
    });

    it('knows its size, and gives space back', async () => {
      const store = await fresh();
      expect(await store.size()).toBeGreaterThan(1_000);
      for (let slice = 0; (await store.vacuum()) && slice < 100; slice += 1);
      expect(await store.vacuum()).toBe(false);
    });
  });

  describe(`${name}: sightings`, () => {
    it('opens an anomaly and gives it back whole', async () => {
      const store = await fresh();
      const facts = factsFor('a', { title: factsFor('nul \u0000 and \ud83d\ude00').title });
      const recorded = await commit(store, [opened(facts)]);
      expect(recorded).toEqual([{ change: 'opened', anomaly: { ...facts, status: 'detected' } }]);
      expect(await store.anomaly(facts.id)).toEqual({ ...facts, status: 'detected' });
    });

    it('counts repeats up, exactly, within a commit and across commits', async () => {
      const store = await fresh();
      const facts = factsFor('a', { occurrences: 3 });
      await commit(store, [opened(facts), repeated('a', 2)]);
      const [last] = await commit(store, [repeated('a', 5, AT + 50)]);
      expect(last?.change).toBe('joined');
      expect(await store.anomaly(facts.id)).toMatchObject({ occurrences: 10, lastSeen: AT + 50 });
    });

    it('changes nothing when the same opening is committed again', async () => {
      const store = await fresh();
      await commit(store, [opened(factsFor('a'))]);
      const [again] = await commit(store, [opened(factsFor('a'))]);
      expect(again?.change).toBe('silent');
      expect((await store.anomalies(ALL)).items).toHaveLength(1);
      expect(await store.anomaly(factsFor('a').id)).toMatchObject({ occurrences: 1 });
    });

    it('joins a new episode to the anomaly that is still open', async () => {
      const store = await fresh();
      await commit(store, [opened(factsFor('a'))]);
      const [joined] = await commit(store, [opened(later('a', { occurrences: 4, lastSeen: AT + 9 }))]);
      expect(joined).toMatchObject({ change: 'joined', anomaly: { id: factsFor('a').id, occurrences: 5 } });
    });

    it('opens a new anomaly after resolved, which names the old one, whatever the clock of the log says', async () => {
      const store = await fresh();
      const first = factsFor('a');
      await commit(store, [opened(first)]);
      await store.moveAnomaly(first.id, 'detected', { status: 'resolved', at: AT });
      const second = later('a', { firstSeen: AT - 1_000_000 });
      const [recurrence] = await commit(store, [opened(second)]);
      expect(recurrence).toMatchObject({ change: 'opened', anomaly: { recurrenceOf: first.id } });
      const [repeat] = await commit(store, [repeated('a', 1)]);
      expect(repeat).toMatchObject({ change: 'joined', anomaly: { id: second.id, occurrences: 2 } });
    });

    it('does not open the resolved one again when an old opening comes back', async () => {
      const store = await fresh();
      const first = factsFor('a');
      await commit(store, [opened(first)]);
      await store.moveAnomaly(first.id, 'detected', { status: 'resolved', at: AT });
      const second = later('a');
      await commit(store, [opened(second)]);
      await store.moveAnomaly(second.id, 'detected', { status: 'resolved', at: AT });
      const [again] = await commit(store, [opened(first)]);
      expect(again?.change).toBe('silent');
      expect((await store.anomalies(ALL)).items).toHaveLength(2);
    });

    it('stays silent after false_positive, but counts', async () => {
      const store = await fresh();
      const facts = factsFor('a');
      await commit(store, [opened(facts)]);
      await store.moveAnomaly(facts.id, 'detected', { status: 'false_positive', at: AT });
      const [silent] = await commit(store, [opened(later('a', { occurrences: 2 }))]);
      expect(silent).toMatchObject({ change: 'silent', anomaly: { id: facts.id, occurrences: 3 } });
    });

    it('loses no count of two processes that commit at the same time', async () => {
      const { store, other } = await pair();
      const second = await other();
      await commit(store, [opened(factsFor('a'))]);
      const rounds = Array.from({ length: 10 }, (_, i) => i);
      await Promise.all(
        rounds.flatMap((i) => [
          commit(store, [repeated('a', 1)]),
          commit(second, [repeated('a', 1), opened(factsFor(`b${i}`))]),
        ]),
      );
      expect(await store.anomaly(factsFor('a').id)).toMatchObject({ occurrences: 21 });
      expect((await store.anomalies(ALL)).items).toHaveLength(11);
    });
  });

  describe(`${name}: anomalies`, () => {
    it('lets only one of two writers move a status', async () => {
      const { store, other } = await pair();
      const second = await other();
      const { id } = factsFor('a');
      await commit(store, [opened(factsFor('a'))]);
      const moves = await Promise.all([
        store.moveAnomaly(id, 'detected', { status: 'diagnosing' }),
        second.moveAnomaly(id, 'detected', { status: 'diagnosing' }),
      ]);
      expect(moves.filter((moved) => moved !== null)).toHaveLength(1);
    });

    it('loses no count to a move at the same time', async () => {
      const { store, other } = await pair();
      const second = await other();
      const { id } = factsFor('a');
      await commit(store, [opened(factsFor('a'))]);
      await Promise.all([
        ...Array.from({ length: 10 }, () => commit(store, [repeated('a', 1)])),
        second.moveAnomaly(id, 'detected', { status: 'diagnosing' }),
      ]);
      expect(await store.anomaly(id)).toMatchObject({ status: 'diagnosing', occurrences: 11 });
    });

    it('keeps what belongs to a status, and refuses a status that cannot follow', async () => {
      const store = await fresh();
      const { id } = factsFor('a');
      await commit(store, [opened(factsFor('a'))]);
      await store.moveAnomaly(id, 'detected', { status: 'diagnosing' });
      const moved = await store.moveAnomaly(id, 'diagnosing', { status: 'diagnosed', diagnosisId: 'd' });
      expect(moved).toEqual({ ...factsFor('a'), status: 'diagnosed', diagnosisId: 'd' });
      expect(await store.anomaly(id)).toEqual(moved);
      await expect(
        store.moveAnomaly(id, 'diagnosed', {
          status: 'pr_created',
          diagnosisId: 'd',
          fixId: 'f',
          pullRequestId: 'p',
        }),
      ).rejects.toMatchObject({ code: 'illegal_move' });
      expect(await store.moveAnomaly('no-such', 'detected', { status: 'diagnosing' })).toBeNull();
    });

    it('finds by the beginning of an id', async () => {
      const store = await fresh();
      const a = factsFor('a', { id: 'aaaa1111-0000-5000-8000-000000000000' });
      const b = factsFor('b', { id: 'aaaa2222-0000-5000-8000-000000000000' });
      await commit(store, [opened(a), opened(b)]);
      const idsOf = async (prefix: string, limit = 9) =>
        (await store.anomaliesByPrefix(prefix, limit)).map(({ id }) => id);
      expect(await idsOf('aaaa')).toEqual([a.id, b.id]);
      expect(await idsOf('aaaa', 1)).toHaveLength(1);
      expect(await idsOf('aaaa2')).toEqual([b.id]);
      expect(await idsOf(b.id)).toEqual([b.id]);
      expect(await idsOf('a%')).toEqual([]);
      expect(await idsOf("'")).toEqual([]);
    });

    it('pages newest first, without gaps or repeats, ties included', async () => {
      const store = await fresh();
      const all = Array.from({ length: 7 }, (_, i) => later(`f${i}`, { firstSeen: AT + Math.floor(i / 2) }));
      await commit(store, all.map(opened));
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<Store['anomalies']>> = await store.anomalies({
          ...ALL,
          after,
          limit: 3,
        });
        seen.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      const inOrder = all.toSorted((x, y) => y.firstSeen - x.firstSeen || (x.id < y.id ? 1 : -1));
      expect(seen).toEqual(inOrder.map(({ id }) => id));
    });

    it('answers bad_request for a page cursor that is not its own', async () => {
      const store = await fresh();
      await expect(store.anomalies({ ...ALL, after: 'nonsense' })).rejects.toMatchObject({
        code: 'bad_request',
      });
    });

    it('filters by status, time, confidence and source', async () => {
      const store = await fresh();
      const low = later('low', { confidence: 0.9975, firstSeen: AT });
      const high = later('high', { confidence: 0.9999, firstSeen: AT + 10, source: 'api' });
      await commit(store, [opened(low), opened(high)]);
      await store.moveAnomaly(low.id, 'detected', { status: 'resolved', at: AT });
      const idsOf = async (query: Partial<AnomalyQuery>) =>
        (await store.anomalies({ ...ALL, ...query })).items.map(({ id }) => id);
      expect(await idsOf({ status: 'resolved' })).toEqual([low.id]);
      expect(await idsOf({ from: AT + 10 })).toEqual([high.id]);
      expect(await idsOf({ to: AT + 9 })).toEqual([low.id]);
      expect(await idsOf({ confidenceMin: 0.999 })).toEqual([high.id]);
      expect(await idsOf({ source: 'api' })).toEqual([high.id]);
    });

    it('lists the unfinished, oldest first', async () => {
      const store = await fresh();
      await commit(store, [
        opened(later('b', { firstSeen: AT + 5 })),
        opened(later('a')),
        opened(later('c')),
      ]);
      const open = await store.unfinished(['detected'], 9);
      expect(open.map(({ firstSeen }) => firstSeen)).toEqual([AT, AT, AT + 5]);
      expect(await store.unfinished(['detected'], 2)).toHaveLength(2);
      expect(await store.unfinished(['fixing'], 9)).toEqual([]);
      expect(await store.unfinished([], 9)).toEqual([]);
    });
  });

  describe(`${name}: documents`, () => {
    it('keeps a diagnosis and a fix whole; saving again replaces', async () => {
      const store = await fresh();
      const diagnosis = diagnosisFor('anomaly-1');
      await store.saveDiagnosis(diagnosis);
      await store.saveDiagnosis({ ...diagnosis, confidence: 0.5 });
      expect(await store.diagnosis(diagnosis.id)).toEqual({ ...diagnosis, confidence: 0.5 });
      const fix = fixFor(diagnosis);
      await store.saveFix({ ...fix, outcome: { end: 'cancelled' } });
      await store.saveFix(fix);
      expect(await store.fix(fix.id)).toEqual(fix);
      expect(await store.totals()).toMatchObject({ diagnoses: 1, fixes: 1, fixesProven: 1 });
      expect(await store.diagnosis('none')).toBeNull();
      expect(await store.fix('none')).toBeNull();
    });

    it('keeps one pull request a branch, found by id and by branch', async () => {
      const store = await fresh();
      await store.savePull({ ...PULL, status: 'creating', githubPrNumber: null, githubPrUrl: null });
      await store.savePull(PULL);
      expect(await store.pull('pull-1')).toEqual(PULL);
      expect(await store.pullOfBranch('acme/shop', 'vigilai/x')).toEqual(PULL);
      expect(await store.pullOfBranch('acme/shop', 'vigilai/y')).toBeNull();
      expect(await store.totals()).toMatchObject({ pulls: 1 });
    });

    it('pages pull requests and filters them', async () => {
      const store = await fresh();
      for (const n of [1, 2, 3]) {
        const change = { id: `pull-${n}`, branchName: `vigilai/${n}`, timestamp: AT + n };
        await store.savePull({ ...PULL, ...change, status: n === 2 ? 'merged' : 'open' });
      }
      const query = { status: null, repository: null, after: null, limit: 2 };
      const first = await store.pulls(query);
      expect(first.items.map(({ id }) => id)).toEqual(['pull-3', 'pull-2']);
      const rest = await store.pulls({ ...query, after: first.next });
      expect(rest).toMatchObject({ items: [{ id: 'pull-1' }], next: null });
      expect((await store.pulls({ ...query, status: 'merged' })).items).toHaveLength(1);
      expect((await store.pulls({ ...query, repository: 'acme/other' })).items).toEqual([]);
    });

    it('adds money up by anomaly and since a time', async () => {
      const store = await fresh();
      await store.spend('a', 0.5, AT);
      await store.spend('a', -0.25, AT + 10);
      await store.spend('b', 1, AT + 10);
      expect(await store.spent('a', AT + 10)).toEqual({ anomaly: 0.25, day: 0.75, workspace: 1.25 });
      expect(await store.spent('c', AT + 11)).toEqual({ anomaly: 0, day: 0, workspace: 1.25 });
    });
  });

  describe(`${name}: jobs`, () => {
    it('inserts once, and only one of two writers takes it', async () => {
      const { store, other } = await pair();
      const second = await other();
      expect(await store.saveJob(JOB, null)).toBe(true);
      expect(await store.saveJob(JOB, null)).toBe(false);
      const taken: Job = { ...JOB, status: 'processing', attempts: 1 };
      const won = await Promise.all([store.saveJob(taken, 'queued'), second.saveJob(taken, 'queued')]);
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await store.job(JOB.id)).toEqual(taken);
      expect(await store.job('none')).toBeNull();
    });

    it('has at most one active job of a kind for a subject', async () => {
      const { store, other } = await pair();
      const second = await other();
      const put = await Promise.all([
        store.saveJob({ ...JOB, id: 'x' }, null),
        second.saveJob({ ...JOB, id: 'y' }, null),
      ]);
      expect(put.filter(Boolean)).toHaveLength(1);
      expect(await store.saveJob({ ...JOB, id: 'z', kind: 'fix' }, null)).toBe(true);
      const active = await store.activeJob(JOB.subject, 'diagnose');
      const done: Job = { ...JOB, id: active?.id ?? '', status: 'completed', createdAt: AT - 1 };
      expect(await store.saveJob(done, 'queued')).toBe(true);
      expect(await store.activeJob(JOB.subject, 'diagnose')).toBeNull();
      expect(await store.saveJob({ ...JOB, id: 'w', createdAt: AT + 1 }, null)).toBe(true);
      expect(await store.latestJob(JOB.subject, 'diagnose')).toMatchObject({ id: 'w' });
      expect(await store.latestJob('nobody', 'diagnose')).toBeNull();
    });

    it('lists jobs oldest first', async () => {
      const store = await fresh();
      for (const n of [3, 1, 2]) {
        await store.saveJob({ ...JOB, id: `job-${n}`, subject: `s${n}`, createdAt: AT + n }, null);
      }
      const ids = (await store.jobs(['queued'], 2)).map(({ id }) => id);
      expect(ids).toEqual(['job-1', 'job-2']);
      expect(await store.jobs(['dead'], 9)).toEqual([]);
      expect(await store.jobs([], 9)).toEqual([]);
    });
  });
}
