import { describe, expect, it } from 'vitest';
import { Messages, messageFingerprint } from '../../../../src/pipeline/messages/counted.ts';
import { Miner } from '../../../../src/pipeline/messages/miner.ts';

const gone = (name: string) => `the connection to ${name} is lost`;

describe('counted messages', () => {
  it('are counted anew once more of them are the same, with the fingerprint of before', () => {
    const mine = new Miner();
    const messages = new Messages(mine);
    const { template } = mine.mine(gone('alpha'), 'error');
    const before = messages.at(template.index);
    expect(before?.error).toBe(true);
    expect(messages.at(template.index)).toBe(before);
    for (const name of ['beta', 'gamma', 'delta', 'epsilon']) mine.mine(gone(name), 'error');
    const after = messages.at(template.index);
    expect(after?.id).not.toBe(before?.id);
    expect(messages.textOf(after?.id ?? '')).toBe('the connection to <*> is lost');
    expect(messages.textOf(before?.id ?? '')).toBe('the connection to <*> is lost');
    for (const counted of [before, after]) {
      expect(messageFingerprint('app', counted?.id ?? '')).toBe(`log:app:${template.id}`);
    }
  });

  it('of one kind are counted apart and have one fingerprint', () => {
    const mine = new Miner();
    const messages = new Messages(mine);
    const [a, b] = ['alpha', 'beta'].map((name) => mine.mine(gone(name), 'error').template.index);
    const [first, second] = [messages.at(a ?? -1), messages.at(b ?? -1)];
    expect(first?.id).not.toBe(second?.id);
    expect(messageFingerprint('app', first?.id ?? '')).toBe(messageFingerprint('app', second?.id ?? ''));
    expect(messages.textOf(second?.id ?? '')).toBe('the connection to beta is lost');
  });

  it('answers null for what there is not', () => {
    const messages = new Messages(new Miner());
    expect([messages.at(0), messages.textOf('none')]).toEqual([null, null]);
  });
});
