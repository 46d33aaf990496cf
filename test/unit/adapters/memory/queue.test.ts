import { describe, expect, it } from 'vitest';
import { memoryQueue } from '../../../../src/adapters/memory/queue.ts';

describe('the queue of one process', () => {
  it('hands ids on in order, those pushed before and those after', async () => {
    const queue = memoryQueue();
    await queue.push('a');
    const abort = new AbortController();
    const ids: string[] = [];
    const reading = (async () => {
      for await (const id of queue.pull(abort.signal)) ids.push(id);
    })();
    await queue.push('b');
    await expect.poll(() => ids).toEqual(['a', 'b']);
    abort.abort();
    await reading;
  });

  it('gives each id to one of two workers', async () => {
    const queue = memoryQueue();
    const abort = new AbortController();
    const ids: string[] = [];
    const work = async () => {
      for await (const id of queue.pull(abort.signal)) ids.push(id);
    };
    const workers = [work(), work()];
    for (const id of ['a', 'b', 'c', 'd']) await queue.push(id);
    await expect.poll(() => ids.length).toBe(4);
    abort.abort();
    await Promise.all(workers);
    expect(ids.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('holds a waiting id once', async () => {
    const queue = memoryQueue();
    await queue.push('a');
    await queue.push('a');
    await queue.push('b');
    const abort = new AbortController();
    const ids: string[] = [];
    for await (const id of queue.pull(abort.signal)) {
      ids.push(id);
      if (id === 'b') break;
    }
    expect(ids).toEqual(['a', 'b']);
  });

  it('ends when the signal has aborted', async () => {
    const queue = memoryQueue();
    const ids: string[] = [];
    for await (const id of queue.pull(AbortSignal.abort())) ids.push(id);
    expect(ids).toEqual([]);
  });
});
