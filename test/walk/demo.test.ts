import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { anomalyView, diagnosisView, fixView } from '../../src/contract/views.ts';
import { folderWith, vigilai } from '../support/cli.ts';

const storySchema = z.object({
  ok: z.boolean(),
  seconds: z.number(),
  anomalies: z.array(anomalyView),
  diagnoses: z.array(diagnosisView),
  fix: fixView,
});

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('vigilai-demo-'));

it('walks the whole way on the sample: both bugs noticed and diagnosed, the crash fixed and proven', async () => {
  const before = leftovers();
  const { code, out, err } = await vigilai(['demo', '--json'], { cwd: folderWith({}) });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const story = storySchema.parse(JSON.parse(out));
  expect(story.ok).toBe(true);
  expect(story.anomalies.map(({ kind }) => kind)).toEqual(['error', 'metric']);
  expect(story.diagnoses.map(({ suspects }) => suspects[0]?.file)).toEqual([
    'src/labels.js',
    'src/report.js',
  ]);
  expect(story.diagnoses[1]?.suspect_commits[0]?.subject).toBe(
    'feat(report): tell how many customers came back',
  );
  expect(story.fix).toMatchObject({ outcome: 'proven', recorded: false, engine: 'repair' });
  expect(story.fix.proof?.checks.every(({ result }) => result !== 'failed')).toBe(true);
  expect(leftovers()).toEqual(before);
});
