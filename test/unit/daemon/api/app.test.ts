import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '../../../../src/contract/routes.ts';
import { problemView } from '../../../../src/contract/system-views.ts';
import { type App, createApp } from '../../../../src/daemon/api/app.ts';
import type { Desk } from '../../../../src/daemon/api/desk.ts';
import { createStream } from '../../../../src/daemon/api/stream.ts';
import type { Sources } from '../../../../src/daemon/intake/sources.ts';
import type { Judged } from '../../../../src/daemon/intake/supervisor.ts';
import type { AnomalyState } from '../../../../src/domain/anomaly.ts';
import { VigilError } from '../../../../src/domain/errors.ts';
import type { TelemetryEvent } from '../../../../src/domain/event.ts';
import { eventId } from '../../../../src/domain/ids.ts';
import type { WorkflowPorts } from '../../../../src/workflow/ports.ts';
import { createWorld, type World } from '../../../support/daemon-world.ts';
import { AT, anomalyAs, diagnosisFor, factsFor, fixFor } from '../../../support/nouns.ts';
import { progressOf } from '../../../support/progress.ts';
import { scriptedDesk } from '../../../support/scripted-desk.ts';
import { type VirtualClock, virtualClock } from '../../../support/virtual-clock.ts';

let clock: VirtualClock;
let world: World;
let desk: Desk;
let app: App;

beforeEach(async () => {
  clock = virtualClock(AT);
  world = await createWorld(clock);
  await open();
});
afterEach(async () => {
  await app.close();
  await world.close();
});

async function open(work: Partial<WorkflowPorts> = {}, changes: Partial<Desk> = {}): Promise<void> {
  desk = await scriptedDesk({ ...world, work: { ...world.work, ...work } }, clock, changes);
  app = createApp(desk, createStream(desk));
}

async function seed(fingerprint: string, ...states: readonly AnomalyState[]): Promise<string> {
  const facts = factsFor(fingerprint, { firstSeen: AT + world.changes.length, timestamp: AT });
  await world.store.commit(
    progressOf({
      sightings: [{ kind: 'opened', facts }],
      events: 1,
      at: AT,
    }),
  );
  let from: AnomalyState['status'] = 'detected';
  for (const state of states) {
    await world.store.moveAnomaly(facts.id, from, state);
    from = state.status;
  }
  return facts.id;
}

async function seedFixed(
  sandbox = 'bubblewrap',
): Promise<{ readonly anomalyId: string; readonly fixId: string; readonly diagnosisId: string }> {
  const diagnosis = diagnosisFor(factsFor('boom').id);
  const fix = fixFor(diagnosis);
  await world.store.saveDiagnosis(diagnosis);
  await world.store.saveFix({ ...fix, proof: fix.proof && { ...fix.proof, sandbox } });
  const anomalyId = await seed(
    'boom',
    { status: 'diagnosing' },
    { status: 'diagnosed', diagnosisId: diagnosis.id },
    { status: 'fixing', diagnosisId: diagnosis.id },
    { status: 'fix_ready', diagnosisId: diagnosis.id, fixId: fix.id },
  );
  return { anomalyId, fixId: fix.id, diagnosisId: diagnosis.id };
}

async function get(url: string) {
  const { statusCode, body, headers } = await app.inject({ url });
  return { status: statusCode, type: String(headers['content-type']), body: parsed(body) };
}

async function post(url: string, payload: object = {}) {
  const { statusCode, body, headers } = await app.inject({ method: 'POST', url, payload });
  return { status: statusCode, type: String(headers['content-type']), body: parsed(body) };
}

function parsed(body: string) {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

describe('anomalies', () => {
  it('lists them newest first, by page and by filter', async () => {
    const [a, b] = [await seed('a'), await seed('b', { status: 'resolved', at: AT })];
    const first = await get('/api/v1/anomalies?limit=1');
    expect(routes.listAnomalies.response[200].parse(first.body).items).toHaveLength(1);
    const second = await get(`/api/v1/anomalies?limit=1&after=${first.body.next}`);
    expect(new Set([first.body.items[0].id, second.body.items[0].id])).toEqual(new Set([a, b]));
    expect(second.body.next).toBeNull();
    const resolved = await get('/api/v1/anomalies?status=resolved&confidence_min=0.9&source=app');
    expect(resolved.body.items).toMatchObject([{ id: b, first_seen: new Date(AT).toISOString() }]);
    expect((await get('/api/v1/anomalies?start_date=2030-01-01T00:00:00Z')).body.items).toEqual([]);
  });

  it('finds one by its id, by part of it, or as the last', async () => {
    const id = await seed('a');
    for (const name of [id, id.slice(0, 8), id.slice(0, 8).toUpperCase(), 'last']) {
      expect((await get(`/api/v1/anomalies/${name}`)).body).toMatchObject({
        id,
        sample: { error_type: 'TypeError' },
      });
    }
  });

  it('says what is unknown and what is ambiguous', async () => {
    expect(await get('/api/v1/anomalies/last')).toMatchObject({
      status: 404,
      type: expect.stringContaining('application/problem+json'),
      body: { code: 'unknown_id', exit: 2, hint: expect.stringContaining('vigilai anomalies list') },
    });
    const ids = await Promise.all(Array.from({ length: 26 }, (_, index) => seed(`fault ${index}`)));
    const shared = ids.map((id) => id[0] ?? '').find((one, at, all) => all.indexOf(one) !== at) ?? '';
    expect(await get(`/api/v1/anomalies/${shared}`)).toMatchObject({
      status: 409,
      body: { code: 'ambiguous_id' },
    });
    expect(await get('/api/v1/anomalies/x%25')).toMatchObject({ status: 404, body: { code: 'unknown_id' } });
  });

  it('closes one and cancels what is being done for it', async () => {
    const id = await seed('a');
    const { body } = await post('/api/v1/diagnosis/analyze', { anomaly_id: id });
    expect((await post(`/api/v1/anomalies/${id}/close`, { as: 'false_positive' })).body.status).toBe(
      'false_positive',
    );
    expect((await get(`/api/v1/jobs/${body.job_id}`)).body.status).toBe('cancelled');
    expect(await post(`/api/v1/anomalies/${id}/close`, { as: 'resolved' })).toMatchObject({
      status: 409,
      body: { code: 'illegal_move' },
    });
  });

  it('judges events at once, each under its own source, in their order', async () => {
    const judged: string[] = [];
    const sources = {
      ...desk.sources,
      async judge(source: string, events: readonly TelemetryEvent[]): Promise<Judged> {
        judged.push(`${source} ${events.length}`);
        const detections = events.map((event) => ({
          eventId: eventId(event),
          isAnomaly: event.type === 'error',
          confidence: event.type === 'error' ? 0.999 : 0.1,
          readings: [],
          expectedRange: null,
        }));
        return {
          pushed: {
            events: events.length,
            sightings: [],
            opened: true,
            dead: [],
            kept: [],
            detections,
            fingerprints: events.map((event) => (event.type === 'error' ? 'boom' : null)),
          },
          recorded: [{ change: 'opened', anomaly: anomalyAs({ status: 'detected' }, 'boom') }],
        };
      },
    };
    await open({}, { sources });
    const stack = 'TypeError: x\n    at f (/app/src/a.js:3:1)\n    at g (/app/src/b.js:4:2)';
    const { status, body } = await post('/api/v1/anomalies/detect', {
      events: [
        {
          source: 'api',
          type: 'metric',
          data: { metric_name: 'ms', value: 4 },
          timestamp: '2026-01-05T12:00:00Z',
        },
        { source: 'web', type: 'log', data: { message: 'hello' } },
        { source: 'api', type: 'error', data: { message: 'x', stack } },
      ],
    });
    expect(status).toBe(200);
    expect(judged).toEqual(['api 2', 'web 1']);
    expect(body.results).toMatchObject([
      { is_anomaly: false, anomaly_id: null },
      { is_anomaly: false, anomaly_id: null },
      { is_anomaly: true, confidence: 0.999, anomaly_id: factsFor('boom').id },
    ]);
    expect(new Set(body.results.map((one: { event_id: string }) => one.event_id)).size).toBe(3);
  });

  it.each([
    [{ events: [] }, 'events'],
    [{ events: [{ source: 'a', type: 'gauge', data: {} }] }, 'events.0.type'],
    [{ events: [{ source: 'a', type: 'metric', data: { metric_name: 'm' } }] }, 'events.0.data.value'],
    [
      { events: [{ source: 'a', type: 'error', data: { message: 'm', stack: 'no trace' } }] },
      'events.0.data.stack',
    ],
    [
      { events: [{ source: 'a', type: 'log', data: { message: 'm' }, timestamp: 'yesterday' }] },
      'events.0.timestamp',
    ],
  ])('names the field that is wrong', async (payload, field) => {
    expect(await post('/api/v1/anomalies/detect', payload)).toMatchObject({
      status: 400,
      body: { code: 'bad_request', exit: 2, detail: expect.stringContaining(`\`${field}\``) },
    });
  });
});

describe('diagnosis', () => {
  it('accepts, names what will come, and shows it when it is there', async () => {
    const id = await seed('a');
    const stop = new AbortController();
    const done = desk.worker.run(stop.signal);
    const { status, body } = await post('/api/v1/diagnosis/analyze', {
      anomaly_id: id.slice(0, 8),
      offline: true,
    });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'queued',
      estimated_completion: new Date(AT + 60_000).toISOString(),
    });
    await clock.settle();
    for (const name of [body.diagnosis_id, id, 'last']) {
      const shown = await get(`/api/v1/diagnosis/${name}`);
      expect(shown.body).toMatchObject({
        id: body.diagnosis_id,
        anomaly_id: id,
        claims: [{ rests_on: ['E1'] }],
      });
    }
    expect((await get(`/api/v1/jobs/${body.job_id}`)).body).toMatchObject({
      status: 'completed',
      kind: 'diagnose',
    });
    stop.abort();
    await done;
  });

  it('answers the same job to who asks twice', async () => {
    const id = await seed('a');
    const [one, two] = [
      await post('/api/v1/diagnosis/analyze', { anomaly_id: id }),
      await post('/api/v1/diagnosis/analyze', { anomaly_id: id }),
    ];
    expect(one.body.diagnosis_id).toBe(two.body.diagnosis_id);
  });

  it('refuses where nothing is left to do, and what is unknown', async () => {
    const id = await seed('a', { status: 'resolved', at: AT });
    expect(await post('/api/v1/diagnosis/analyze', { anomaly_id: id })).toMatchObject({
      status: 409,
      body: { code: 'illegal_move' },
    });
    expect(await post('/api/v1/diagnosis/analyze', { anomaly_id: 'ffff' })).toMatchObject({ status: 404 });
    expect(await post('/api/v1/diagnosis/analyze', {})).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('`anomaly_id`') },
    });
    for (const name of [id, factsFor('nobody').id]) {
      expect(await get(`/api/v1/diagnosis/${name}`)).toMatchObject({
        status: 404,
        body: { code: 'unknown_id' },
      });
    }
  });

  it('shows exactly what would be sent, and to whom', async () => {
    const names = ['deepseek/chat', 'openai/small'];
    await open({
      model: { names, ask: () => Promise.reject(new Error('never asked')) },
    });
    const id = await seed('a');
    expect((await get(`/api/v1/diagnosis/prompt?anomaly_id=${id}`)).body).toMatchObject({
      system: 'You explain.',
      goes_to: names,
    });
    expect(await get('/api/v1/diagnosis/prompt?anomaly_id=ffff')).toMatchObject({ status: 404 });
  });
});

describe('code', () => {
  it('accepts a fix by anomaly or by diagnosis, and shows it when it is there', async () => {
    const { anomalyId, diagnosisId } = await seedFixed();
    const stop = new AbortController();
    const done = desk.worker.run(stop.signal);
    for (const by of [{ anomaly_id: anomalyId }, { diagnosis_id: diagnosisId }]) {
      const { status, body } = await post('/api/v1/code/generate', {
        ...by,
        target_branch: 'main',
        repository: 'Acme/Shop',
      });
      expect(status).toBe(202);
      await clock.settle();
      expect((await get(`/api/v1/code/fixes/${body.fix_id}`)).body).toMatchObject({
        id: body.fix_id,
        outcome: 'proven',
        commit: 'c'.repeat(40),
        proof: { new_tests: [{ name: 'guards x' }] },
      });
    }
    stop.abort();
    await done;
  });

  it.each([
    [{}, 400, 'one of the fields'],
    [{ anomaly_id: 'last', repository: 'else/where' }, 400, '`repository`'],
    [{ anomaly_id: 'last', target_branch: 'release' }, 400, '`target_branch`'],
    [{ diagnosis_id: factsFor('nobody').id }, 404, 'no diagnosis'],
  ])('says what is wrong with %o', async (payload, status, detail) => {
    await seed('a');
    expect(await post('/api/v1/code/generate', payload)).toMatchObject({
      status,
      body: { detail: expect.stringContaining(detail) },
    });
  });

  it('says now that an engine is unknown', async () => {
    await open({
      agent() {
        throw new VigilError('usage', { what: 'there is no engine hal' });
      },
    });
    await seed('a');
    expect(await post('/api/v1/code/generate', { anomaly_id: 'last', engine: 'hal' })).toMatchObject({
      status: 400,
      body: { code: 'usage' },
    });
  });

  it('shows the plan without doing anything', async () => {
    const { anomalyId } = await seedFixed();
    expect((await get(`/api/v1/code/plan?anomaly_id=${anomalyId}`)).body).toMatchObject({
      branch: 'vigilai/x-is-undefined',
      base_branch: 'main',
      limits: { max_files: 5 },
    });
    expect(await world.store.jobs(['queued'], 10)).toEqual([]);
    await seed('undiagnosed');
    const undiagnosed = factsFor('undiagnosed').id;
    expect(await get(`/api/v1/code/plan?anomaly_id=${undiagnosed}`)).toMatchObject({
      status: 409,
      body: { code: 'nothing_to_fix', hint: expect.stringContaining('vigilai diagnose') },
    });
    expect(await get(`/api/v1/code/fixes/${undiagnosed}`)).toMatchObject({ status: 404 });
  });
});

describe('pull requests', () => {
  async function working<T>(work: () => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const done = desk.worker.run(stop.signal);
    const result = await work();
    stop.abort();
    await done;
    return result;
  }

  it('opens one and answers its number; twice is the same', async () => {
    const { fixId } = await seedFixed();
    const [one, two] = await working(async () => [
      await post('/api/v1/github/create-pr', { fix_id: fixId, reviewers: ['ann'] }),
      await post('/api/v1/github/create-pr', { fix_id: fixId, repository: 'acme/shop', base_branch: 'main' }),
    ]);
    expect(one).toMatchObject({
      status: 201,
      body: { github_pr_number: 7, github_pr_url: expect.stringContaining('/pull/7') },
    });
    expect(two.body.pr_id).toBe(one.body.pr_id);
    expect(world.pulls).toMatchObject([{ reviewers: ['ann'] }, { reviewers: [] }]);
    const list = await get('/api/v1/github/prs?status=open&repository=acme/shop');
    expect(routes.listPulls.response[200].parse(list.body).items).toHaveLength(1);
  });

  it('answers 202 when it takes longer than anybody waits', async () => {
    const { fixId } = await seedFixed();
    const answer = post('/api/v1/github/create-pr', { fix_id: fixId });
    await clock.advance(31_000);
    expect(await answer).toMatchObject({
      status: 202,
      body: { status: 'queued', pr_id: expect.any(String) },
    });
  });

  it('answers what the job ended with', async () => {
    const { fixId } = await seedFixed('none');
    expect(await working(() => post('/api/v1/github/create-pr', { fix_id: fixId }))).toMatchObject({
      status: 403,
      body: { code: 'refused', exit: 8 },
    });
  });

  it('says when there is nowhere to open it, or the base is another', async () => {
    const { fixId } = await seedFixed();
    expect(await post('/api/v1/github/create-pr', { fix_id: fixId, base_branch: 'dev' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('`base_branch`') },
    });
    await open({ forge: async () => null });
    expect(await post('/api/v1/github/create-pr', { fix_id: fixId })).toMatchObject({
      status: 409,
      body: { code: 'no_remote' },
    });
    expect(await get('/api/v1/github/prs?status=odd')).toMatchObject({
      status: 400,
      body: { code: 'bad_request' },
    });
  });
});

describe('jobs', () => {
  it('cancels a waiting one', async () => {
    const { body } = await post('/api/v1/diagnosis/analyze', { anomaly_id: await seed('a') });
    expect(await post(`/api/v1/jobs/${body.job_id}/cancel`)).toMatchObject({
      status: 202,
      body: { status: 'cancelled' },
    });
  });

  it('knows only its own', async () => {
    const id = factsFor('nobody').id;
    expect(await get(`/api/v1/jobs/${id}`)).toMatchObject({ status: 404, body: { code: 'unknown_id' } });
    expect(await post(`/api/v1/jobs/${id}/cancel`)).toMatchObject({ status: 404 });
  });
});

describe('system', () => {
  it('shows how the daemon stands', async () => {
    await seed('a');
    await open();
    await clock.advance(5_000);
    const { body } = await get('/api/v1/status');
    expect(routes.status.response[200].parse(body)).toMatchObject({
      version: '1.2.3',
      workspace: '/srv/shop',
      uptime_seconds: 5,
      anomalies_open: 1,
      jobs_active: [],
    });
  });

  it('attaches a journal under the name it gets', async () => {
    const sources = { ...desk.sources, attach: async (name: string, path: string) => `${name}-2 ${path}` };
    await open({}, { sources });
    expect(await post('/api/v1/sources', { name: 'npm', journal: '/j/1' })).toMatchObject({
      status: 201,
      body: { name: 'npm-2 /j/1' },
    });
    expect(await post('/api/v1/sources', { name: '../x', journal: '/j/1' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('`name`') },
    });
  });

  it('says that it lives, and whether it is ready', async () => {
    expect((await get('/health/live')).body).toEqual({ status: 'ok' });
    expect(await get('/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ready', version: '1.2.3' },
    });
    await open({}, { ready: () => false });
    expect(await get('/health/ready')).toMatchObject({
      status: 503,
      body: { status: 'starting', version: '1.2.3' },
    });
  });

  it('stops when it is asked to', async () => {
    let asked = false;
    await open({}, { requestStop: () => (asked = true) });
    expect(await post('/api/v1/stop')).toMatchObject({ status: 202, body: { status: 'stopping' } });
    expect(asked).toBe(true);
  });

  it('counts what it did', async () => {
    desk.metrics.events('app', 12);
    desk.metrics.anomaly('high');
    desk.metrics.diagnosis(3);
    await get('/health/live');
    const { type, body } = await get('/metrics');
    expect(type).toContain('text/plain');
    expect(body).toContain('vigilai_events_processed_total{source="app"} 12');
    expect(body).toContain('vigilai_anomalies_detected_total{severity="high"} 1');
    expect(body).toContain('vigilai_diagnosis_duration_seconds_count 1');
    expect(body).toContain('vigilai_api_requests_total{route="/health/live",status="200"} 1');
  });

  it('takes events in as a record, an array or lines, and says which field is wrong', async () => {
    const kept: string[] = [];
    const sources: Sources = {
      ...desk.sources,
      async accept(source, records) {
        if (source === 'full') return 'full';
        kept.push(`${source} ${records.length}`);
        return 'kept';
      },
    };
    await open({}, { sources });
    const one = { source: 'api', type: 'metric', data: { metric_name: 'ms', value: 4 } };
    const ndjson = (payload: string) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/events',
        payload,
        headers: { 'content-type': 'application/x-ndjson' },
      });
    for (const body of [{ events: [one] }, [one]]) {
      expect(await post('/api/v1/events', body)).toMatchObject({ status: 202, body: { accepted: 1 } });
    }
    const line = JSON.stringify(one);
    expect((await ndjson(`${line}\n\n${line}\n`)).json()).toEqual({ accepted: 2 });
    expect(kept).toEqual(['api 1', 'api 1', 'api 2']);
    expect((await ndjson(`${line}\nhalf`)).json()).toMatchObject({
      status: 400,
      detail: expect.stringContaining('line 2'),
    });
    expect(await post('/api/v1/events', { events: [] })).toMatchObject({ status: 400 });
    const full = await app.inject({
      method: 'POST',
      url: '/api/v1/events',
      payload: { events: [{ ...one, source: 'full' }] },
    });
    expect([full.statusCode, full.headers['retry-after'], full.json().code]).toEqual([
      429,
      '1',
      'queue_full',
    ]);
  });

  it('counts anomalies by day and by hour', async () => {
    expect((await get('/api/v1/dashboard/trends')).body).toEqual({ granularity: 'day', points: [] });
    await seedFixed();
    const { body } = await get('/api/v1/dashboard/trends?granularity=hour');
    expect(body).toMatchObject({ granularity: 'hour', points: [{ anomalies: 1 }] });
    const later = await get('/api/v1/dashboard/trends?start_date=2099-01-01T00:00:00Z');
    expect(later.body).toMatchObject({ points: [] });
    expect(await get('/api/v1/dashboard/trends?granularity=week')).toMatchObject({ status: 400 });
  });

  it('adds up for the dashboard', async () => {
    expect((await get('/api/v1/dashboard/metrics')).body).toMatchObject({
      total_anomalies: 0,
      fix_success_rate: null,
    });
    await seedFixed();
    expect((await get('/api/v1/dashboard/metrics')).body).toMatchObject({
      total_anomalies: 1,
      total_fixes: 1,
      fix_success_rate: 1,
    });
  });

  it('describes every route of the contract as OpenAPI 3.1', async () => {
    const { body } = await get('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    for (const { method, path } of Object.values(routes)) {
      expect(body.paths[path.replace(/:(\w+)/g, '{$1}')][method.toLowerCase()].responses).toBeDefined();
    }
    expect(JSON.stringify(body)).not.toContain('$schema');
  });
});

describe('errors', () => {
  it.each([
    ['no route', () => get('/api/v2/anomalies'), 404, 'bad_request'],
    [
      'no JSON',
      () =>
        app
          .inject({
            method: 'POST',
            url: '/api/v1/diagnosis/analyze',
            payload: '{',
            headers: { 'content-type': 'application/json' },
          })
          .then((one) => ({ status: one.statusCode, body: one.json() })),
      400,
      'bad_request',
    ],
    [
      'another type',
      () =>
        app
          .inject({
            method: 'POST',
            url: '/api/v1/diagnosis/analyze',
            payload: '<a/>',
            headers: { 'content-type': 'text/xml' },
          })
          .then((one) => ({ status: one.statusCode, body: one.json() })),
      415,
      'bad_request',
    ],
    [
      'too much',
      () => post('/api/v1/anomalies/detect', { events: [{ data: 'x'.repeat(17_000_000) }] }),
      413,
      'bad_request',
    ],
  ] as const)('are problems also for %s', async (_, ask, status, code) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(problemView.parse(answer.body)).toMatchObject({ status, code });
  });

  it('tell nothing of a bug but where to look', async () => {
    await open({ store: { ...world.store, totals: () => Promise.reject(new Error('secret detail')) } });
    const { status, body } = await get('/api/v1/dashboard/metrics');
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'bug', exit: 70, hint: expect.stringContaining('daemon logs') });
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(world.logged).toContain('a request failed');
  });

  it('carry the exit code of trouble with the state', async () => {
    const full = () => Promise.reject(new VigilError('disk_full', { what: 'the disk is full' }));
    await open({ store: { ...world.store, totals: full } });
    expect(await get('/api/v1/dashboard/metrics')).toMatchObject({
      status: 507,
      body: { code: 'disk_full', exit: 10 },
    });
  });
});
