import { afterEach, describe, expect, it } from 'vitest';
import type { Anomaly } from '../../src/domain/anomaly.ts';
import { derivedId } from '../../src/domain/ids.ts';
import type { Job } from '../../src/domain/job.ts';
import type { Sighting } from '../../src/domain/sighting.ts';
import type { AnomalyQuery, Progress, Store } from '../../src/ports/store.ts';
import { AT, diagnosisFor, factsFor } from '../support/nouns.ts';

const ALL: AnomalyQuery = {
  status: null,
  from: null,
  to: null,
  confidenceMin: null,
  source: null,
  after: null,
  limit: 50,
};

function progress(sightings: readonly Sighting[], changes: Partial<Progress> = {}): Progress {
  return {
    source: 'app',
    cursors: [{ stream: 's', offset: 10, mark: null }],
    endedStreams: [],
    memory: new Map(),
    sightings,
    events: 1,
    at: AT,
    ...changes,
  };
}

/** An episode of `fingerprint` that opened with the n-th event. */
function opened(fingerprint: string, n = 1, occurrences = 1): Sighting {
  const at = AT + n * 1000;
  const id = derivedId('anomaly', fingerprint, n);
  const facts = factsFor(fingerprint, {
    id,
    eventId: derivedId('e', fingerprint, n),
    firstSeen: at,
    lastSeen: at,
    occurrences,
  });
  return { kind: 'opened', facts };
}

function jobFor(subject: string, changes: Partial<Job> = {}): Job {
  return {
    ...{ id: derivedId('job', subject), kind: 'diagnose', subject, resultId: derivedId('result', subject) },
    options: { offline: true, engine: null, openPr: false, reviewers: [] },
    ...{ status: 'queued', attempts: 0, progress: 0, step: '', error: null, createdAt: AT, updatedAt: AT },
    ...changes,
  };
}

/** What must hold for every store. `open` answers one on the same data when called again. */
export function storeContract(
  name: string,
  open: () => Promise<{ store: Store; again(): Promise<Store>; drop(): Promise<void> }>,
): void {
  describe(name, () => {
    let drop: () => Promise<void> = () => Promise.resolve();
    afterEach(() => drop());

    async function fresh(): Promise<{ store: Store; again(): Promise<Store> }> {
      const made = await open();
      drop = made.drop;
      return made;
    }

    it('keeps cursor, memory and anomalies of one commit, and finds them again', async () => {
      const { store, again } = await fresh();
      const memory = new Map([['z/duration', new Uint8Array([1, 2, 255])]]);
      await store.commit(progress([opened('a')], { memory, events: 7 }));
      await store.close();
      const next = await again();
      expect(await next.cursors('app')).toEqual([{ stream: 's', offset: 10, mark: null }]);
      expect(await next.memory('app')).toEqual(memory);
      expect((await next.anomalies(ALL)).items.map((a) => a.fingerprint)).toEqual(['a']);
      expect(await next.sourceTotals()).toEqual([{ source: 'app', events: 7, lastCommit: AT }]);
      await next.close();
    });

    it('keeps nothing of a commit that fails in the middle', async () => {
      const { store } = await fresh();
      await store.commit(progress([opened('a')]));
      const broken = opened('b');
      if (broken.kind !== 'opened') throw new Error('unreachable');
      // An anomaly without an id breaks the transaction after the first sighting was written.
      const clash: Sighting = {
        kind: 'opened',
        facts: { ...broken.facts, id: derivedId('anomaly', 'c', 1), eventId: 'x' },
      };
      const twin: Sighting = { kind: 'opened', facts: { ...factsFor('d'), id: null as unknown as string } };
      await expect(
        store.commit(
          progress([clash, twin], { cursors: [{ stream: 's', offset: 99, mark: null }], events: 5 }),
        ),
      ).rejects.toThrow();
      expect(await store.cursors('app')).toEqual([{ stream: 's', offset: 10, mark: null }]);
      expect((await store.anomalies(ALL)).items).toHaveLength(1);
      expect((await store.sourceTotals())[0]?.events).toBe(1);
      await store.close();
    });

    it('counts up, joins, and opens again only after `resolved`', async () => {
      const { store } = await fresh();
      const [first] = await store.commit(progress([opened('a', 1, 2)]));
      expect(first?.change).toBe('opened');
      const id = first?.anomaly?.id ?? '';
      const repeat: Sighting = {
        kind: 'repeated',
        fingerprint: 'a',
        count: 3,
        lastSeen: AT + 9000,
        confidence: 1,
      };
      expect((await store.commit(progress([repeat, opened('a', 2)]))).map((r) => r.change)).toEqual([
        'joined',
        'joined',
      ]);
      expect(await store.anomaly(id)).toMatchObject({ occurrences: 6, lastSeen: AT + 9000, confidence: 1 });

      expect((await store.commit(progress([opened('a', 1, 2)]))).map((r) => r.change)).toEqual(['silent']);
      expect((await store.anomaly(id))?.occurrences).toBe(6);

      await store.moveAnomaly(id, 'detected', { status: 'resolved', at: AT });
      const [back] = await store.commit(progress([opened('a', 3)]));
      expect(back).toMatchObject({ change: 'opened', anomaly: { recurrenceOf: id } });

      await store.moveAnomaly(back?.anomaly?.id ?? '', 'detected', { status: 'false_positive', at: AT });
      expect((await store.commit(progress([opened('a', 4)]))).map((r) => r.change)).toEqual(['silent']);
      expect((await store.anomalies(ALL)).items).toHaveLength(2);
      await store.close();
    });

    it('lets only one of two writers move a status', async () => {
      const { store } = await fresh();
      const [made] = await store.commit(progress([opened('a')]));
      const id = made?.anomaly?.id ?? '';
      const to = { status: 'diagnosing' } as const;
      const won = await Promise.all([
        store.moveAnomaly(id, 'detected', to),
        store.moveAnomaly(id, 'detected', to),
      ]);
      expect(won.filter((anomaly) => anomaly !== null)).toHaveLength(1);
      await store.close();
    });

    it('loses no count while the status moves', async () => {
      const { store } = await fresh();
      const [made] = await store.commit(progress([opened('a')]));
      const id = made?.anomaly?.id ?? '';
      const repeat: Sighting = {
        kind: 'repeated',
        fingerprint: 'a',
        count: 1,
        lastSeen: AT,
        confidence: 0.5,
      };
      await Promise.all([
        ...Array.from({ length: 20 }, () => store.commit(progress([repeat]))),
        store.moveAnomaly(id, 'detected', { status: 'diagnosing' }),
      ]);
      expect(await store.anomaly(id)).toMatchObject({ occurrences: 21, status: 'diagnosing' });
      await store.close();
    });

    it('pages through all anomalies, newest first, and filters', async () => {
      const { store } = await fresh();
      await store.commit(progress(Array.from({ length: 7 }, (_, i) => opened(`f${i}`, i))));
      const seen: Anomaly[] = [];
      for (let after: string | null = null; ; ) {
        const page: Awaited<ReturnType<Store['anomalies']>> = await store.anomalies({
          ...ALL,
          limit: 3,
          after,
        });
        seen.push(...page.items);
        after = page.next;
        if (after === null) break;
      }
      expect(seen.map((a) => a.fingerprint)).toEqual(['f6', 'f5', 'f4', 'f3', 'f2', 'f1', 'f0']);
      const some = await store.anomalies({ ...ALL, from: AT + 2000, to: AT + 4000 });
      expect(some.items).toHaveLength(3);
      expect((await store.anomalies({ ...ALL, confidenceMin: 1 })).items).toEqual([]);
      await expect(store.anomalies({ ...ALL, after: 'nonsense' })).rejects.toMatchObject({
        code: 'bad_request',
      });
      const [one] = seen;
      expect((await store.anomaliesByPrefix(one?.id.slice(0, 8) ?? '', 5)).map((a) => a.id)).toEqual([
        one?.id,
      ]);
      await store.close();
    });

    it('keeps documents, jobs by compare-and-set, and money', async () => {
      const { store } = await fresh();
      const [made] = await store.commit(progress([opened('a')]));
      const id = made?.anomaly?.id ?? '';
      const diagnosis = diagnosisFor(id);
      await store.saveDiagnosis(diagnosis);
      expect(await store.diagnosis(diagnosis.id)).toEqual(diagnosis);

      const job = jobFor(id);
      expect(await store.saveJob(job, null)).toBe(true);
      expect(await store.saveJob(job, null)).toBe(false);
      expect((await store.activeJob(id, 'diagnose'))?.id).toBe(job.id);
      const running: Job = { ...job, status: 'processing' };
      const won = await Promise.all([store.saveJob(running, 'queued'), store.saveJob(running, 'queued')]);
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await store.saveJob({ ...job, status: 'completed' }, 'processing')).toBe(true);
      expect(await store.activeJob(id, 'diagnose')).toBeNull();
      expect((await store.latestJob(id, 'diagnose'))?.status).toBe('completed');
      expect(await store.jobs(['completed'], 10)).toHaveLength(1);

      await store.spend(id, 0.25, AT);
      await store.spend(id, -0.05, AT);
      await store.spend('another', 1, AT);
      const spent = await store.spent(id, AT - 1);
      expect(spent.anomaly).toBeCloseTo(0.2);
      expect(spent.day).toBeCloseTo(1.2);
      expect(await store.totals()).toEqual({
        anomalies: 1,
        diagnoses: 1,
        fixes: 0,
        fixesProven: 0,
        pulls: 0,
      });
      await store.close();
    });
  });
}
