import { describe, expect, it } from 'vitest';
import { TooLate, within } from '../../../../src/adapters/llm/deadline.ts';
import { virtualClock } from '../../../support/virtual-clock.ts';

const never = new AbortController().signal;

describe('within', () => {
  it('answers what the work answers, and throws what it throws', async () => {
    const clock = virtualClock();
    const limits = { clock, ms: 1000, signal: never };
    expect(await within(limits, async () => 'done')).toBe('done');
    await expect(within(limits, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('ends work that does not heed its signal, at the deadline and not before', async () => {
    const clock = virtualClock();
    const heard: AbortSignal[] = [];
    let ended: unknown = null;
    const limited = within({ clock, ms: 1000, signal: never }, (signal) => {
      heard.push(signal);
      return new Promise(() => {});
    });
    limited.catch((error: unknown) => {
      ended = error;
    });
    await clock.advance(999);
    expect(ended).toBeNull();
    await clock.advance(1);
    expect(ended).toBeInstanceOf(TooLate);
    expect(heard[0]?.aborted).toBe(true);
  });

  it('ends when it is cancelled, with the reason', async () => {
    const stop = new AbortController();
    const limited = within(
      { clock: virtualClock(), ms: 1000, signal: stop.signal },
      () => new Promise(() => {}),
    );
    stop.abort(new Error('a person said so'));
    await expect(limited).rejects.toThrow('a person said so');
  });

  it('does not begin what is cancelled already', async () => {
    let began = false;
    const limits = { clock: virtualClock(), ms: 1000, signal: AbortSignal.abort() };
    const limited = within(limits, async () => {
      began = true;
    });
    await expect(limited).rejects.toThrow();
    expect(began).toBe(false);
  });
});
