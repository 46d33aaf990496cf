import { describe, expect, it } from 'vitest';
import { miner, templateText } from '../../../../src/pipeline/messages/template.ts';

describe('template', () => {
  it('gives messages that differ in numbers, ids, paths and addresses one template', () => {
    const mine = miner();
    const ids = [
      'user 12 from 10.0.0.1:80 read /a/77/b (0x1f)',
      'user 5013 from 10.2.0.9:81 read /a/1/b (0xff)',
    ].map((message) => mine.mine(message, 'info').template.id);
    expect(new Set(ids).size).toBe(1);
    expect(mine.templates().map(templateText)).toEqual(['user <*> from <*>:<*> read /a/<*>/b (<*>)']);
  });

  it('finds a word that varies and keeps the id that the template had first', () => {
    const mine = miner();
    const first = mine.mine('Accepted password for alice from the gateway', 'info');
    const second = mine.mine('Accepted password for bob from the gateway', 'info');
    expect([first.fresh, second.fresh]).toEqual([true, false]);
    expect(second.template.id).toBe(first.template.id);
    expect(templateText(second.template)).toBe('Accepted password for <*> from the gateway');
  });

  it('tells unlike messages, and the same words at another level, apart', () => {
    const mine = miner();
    mine.mine('connection to database lost', 'error');
    expect(mine.mine('cannot read the configuration', 'error').fresh).toBe(true);
    expect(mine.mine('connection to database lost', 'info').fresh).toBe(true);
    expect(mine.mine('connection to database lost', 'error').fresh).toBe(false);
  });

  it('answers the same with and without what it remembers of earlier messages', () => {
    const messages = ['a b c d', 'a b c e', 'a x c f', 'a b c d', 'a 1 c d', 'k=1 z', 'k=2 z', 'a b c d'];
    const warm = miner();
    const warmIds = messages.map((message) => warm.mine(message, null).template.id);
    let cold = miner();
    const coldIds = messages.map((message) => {
      const next = miner();
      next.restore(cold.snapshot());
      cold = next;
      return cold.mine(message, null).template.id;
    });
    expect(coldIds).toEqual(warmIds);
  });

  it('keeps no secret', () => {
    const mine = miner();
    mine.mine('login with password=correct-horse-battery failed', 'error');
    expect(JSON.stringify(mine.snapshot())).not.toContain('horse');
  });

  it('stays bounded when every message is unlike the others', () => {
    const mine = miner();
    const word = (n: number) => n.toString(2).replaceAll('0', 'o').replaceAll('1', 'l');
    for (let i = 0; i < 20_000; i += 1) mine.mine(`${word(i * 7)} ${word(i * 13)} ${word(i)}`, null);
    expect(mine.size).toBeLessThanOrEqual(2000);
  });
});
