import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../src/adapters/demo/start-demo.ts';
import { recordingSchema } from '../../src/adapters/scripted/recording.ts';
import type { DemoApp } from '../../src/ports/house.ts';
import { gitIn } from '../support/git-in.ts';

const templates = join(import.meta.dirname, '../../templates');

describe('the sample service of the demo', () => {
  let app: DemoApp;
  beforeAll(async () => {
    app = await startDemo({ folder: templates, env: process.env });
  });
  afterAll(() => app.remove());

  it('has a history of its own, the same everywhere', () => {
    const log = gitIn(app.root, 'log', '--format=%an %s').trim().split('\n');
    expect(log).toHaveLength(6);
    expect(log[1]).toBe('Alan Turing feat(report): tell how many customers came back');
    expect(gitIn(app.root, 'status', '--porcelain')).toBe('');
    expect(gitIn(app.root, 'check-ignore', 'logs/app.log').trim()).toBe('logs/app.log');
  });

  it('crashes for an order that is picked up, and logs the trace', async () => {
    expect(await app.request('/label?id=1')).toBe(200);
    expect(await app.request('/label?id=50')).toBe(500);
    expect(readFileSync(app.logFile, 'utf8')).toMatch(/TypeError: Cannot destructure.*labels\.js/);
  });

  it('is slow for a whole year, and only there', async () => {
    for (let round = 0; round < 3; round += 1) {
      await app.request('/report?days=7');
      await app.request('/report?days=365');
    }
    const times = readFileSync(app.logFile, 'utf8')
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { path?: string; duration_ms?: number })
      .flatMap(({ path, duration_ms }) => (path === '/report' ? [duration_ms ?? 0] : []));
    const [short = 0, long = 0] = times.slice(-2);
    expect(long).toBeGreaterThan(10 * short);
  });

  it('answers 0 for a request that cannot be made, and goes when it is removed', async () => {
    const other = await startDemo({ folder: templates, env: process.env });
    await other.stop();
    expect(await other.request('/health')).toBe(0);
    await other.remove();
    expect(existsSync(other.folder)).toBe(false);
  });
});

describe('the recorded run', () => {
  it('is a recording, and changes the sample’s source and one new test', () => {
    const text = readFileSync(join(templates, 'demo/recording.json'), 'utf8');
    const { steps } = recordingSchema.parse(JSON.parse(text));
    const written = steps.flatMap((step) => (step.step === 'write' ? [step.path] : []));
    expect(written).toEqual(['src/labels.js', 'test/labels-pick-up.test.js']);
  });
});
