import { expect, it } from 'vitest';
import { gatherer } from '../../../../src/pipeline/buckets/bucket.ts';
import { saveBucket } from '../../../../src/pipeline/buckets/saved-bucket.ts';

const options = { bucketMs: 1000, dimensions: ['path'] };
const noted = (template: number) => ({ template, fingerprint: null, explained: false });
const thrown = (fingerprint: string) => ({ template: -1, fingerprint, explained: false });
const record = (ms: number) => ({ level: null, message: 'm', fields: { duration_ms: ms, path: '/a' } });

it('hands out buckets oldest first, each as if it were the only one', () => {
  const one = gatherer(options);
  const closed: unknown[] = [];
  const keep = (bucket: Parameters<typeof saveBucket>[0]) => closed.push(saveBucket(bucket));
  for (let round = 0; round < 20; round += 1) {
    const at = round * 10_000;
    one.add(record(round), at + 2500, noted(round));
    one.add(record(1), at + 1500, noted(3));
    one.add(record(2), at + 1600, noted(3));
    one.add(record(3), at + 1700, thrown(`error ${round}`));
    one.close(at + 1999, keep);
    expect(closed).toHaveLength(2 * round);
    one.close(at + 9000, keep);
    const alone = gatherer(options);
    alone.add(record(1), at + 1500, noted(3));
    alone.add(record(2), at + 1600, noted(3));
    alone.add(record(3), at + 1700, thrown(`error ${round}`));
    alone.add(record(round), at + 2500, noted(round));
    expect(closed.slice(2 * round)).toEqual(alone.snapshot().buckets);
  }
});

it('has no bucket for a straggler, and a new one when the clock was set back', () => {
  const one = gatherer(options);
  const starts: number[] = [];
  one.add(record(1), 100_000, noted(0));
  one.close(200_000, ({ start }) => starts.push(start));
  one.add(record(1), 99_000, noted(0));
  one.add(record(1), 10_000, noted(0));
  one.close(200_000, ({ start }) => starts.push(start));
  expect(starts).toEqual([100_000, 10_000]);
});

it('goes on where it was saved', () => {
  const before = gatherer(options);
  before.add(record(1), 5000, noted(7));
  before.add(record(2), 3000, noted(7));
  const after = gatherer(options);
  before.add(record(2), 3000, thrown('error'));
  after.restore(before.snapshot());
  after.add(record(3), 3100, thrown('error'));
  before.add(record(3), 3100, thrown('error'));
  after.add(record(3), 3100, noted(2));
  before.add(record(3), 3100, noted(2));
  expect(after.snapshot()).toEqual(before.snapshot());
});
