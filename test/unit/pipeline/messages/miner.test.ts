import { describe, expect, it } from 'vitest';
import { Miner } from '../../../../src/pipeline/messages/miner.ts';
import { standing, templateText } from '../../../../src/pipeline/messages/template.ts';

/** Texts of the templates that messages are mined as. */
function texts(mine: Miner): readonly string[] {
  return mine
    .templates()
    .filter(({ into }) => into === null)
    .map(templateText);
}

function mineAll(mine: Miner, messages: readonly string[]) {
  return messages.map((message) => mine.mine(message, 'info'));
}

const words = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi'];
const accepted = (name: string) => `Accepted password of ${name} at the gateway`;

describe('miner', () => {
  it('gives messages that differ in numbers, ids, paths and addresses one template', () => {
    const mine = new Miner();
    const ids = [
      'user 12 from 10.0.0.1:80 read /a/77/b (0x1f)',
      'user 5013 from 10.2.0.9:81 read /a/1/b (0xff)',
    ].map((message) => mine.mine(message, 'info').template.id);
    expect(new Set(ids).size).toBe(1);
    expect(texts(mine)).toEqual(['user <*> from <*> read <*>']);
  });

  it('tells a few words in one place apart, and takes them together once there are more', () => {
    const mine = new Miner();
    const few = mineAll(mine, words.slice(0, 4).map(accepted));
    expect(texts(mine)).toHaveLength(4);
    const more = mineAll(mine, words.map(accepted));
    expect(texts(mine)).toEqual(['Accepted password of <*> at the gateway']);
    expect(mine.size).toBe(1);
    const stands = [...few, ...more].map(({ template }) => standing(mine.templates(), template).id);
    expect(new Set(stands)).toEqual(new Set([few[0]?.template.id]));
  });

  it('knows by a single value that a place varies', () => {
    const mine = new Miner();
    mineAll(mine, ['country code set to US', 'country code set to X3', 'country code set to DE']);
    expect(texts(mine)).toEqual(['country code set to <*>']);
  });

  it('takes no messages together that have hardly a word in common', () => {
    const mine = new Miner();
    mineAll(mine, [...words.map((name) => `${name} ok`), ...words.map((name) => `link ${name}`), 'exit 7']);
    expect(texts(mine)).toHaveLength(17);
  });

  it('learns messages with several free words', () => {
    const mine = new Miner();
    mineAll(
      mine,
      Array.from({ length: 30 }, (_, i) => `class x${'abcdefgh'[i % 8]}${'ab'[i >> 4]}y for k${word(i)} now`),
    );
    expect(texts(mine)).toEqual(['class <*> for <*> now']);
  });

  it('calls a message news only when none of its kind was seen', () => {
    const mine = new Miner();
    const fresh = [
      'cannot reach the database alpha',
      'cannot reach the database beta',
      'cannot read the disk',
    ];
    expect(fresh.map((message) => mine.mine(message, 'error').fresh)).toEqual([true, false, true]);
    const [first, second, third] = mine.templates();
    expect([first?.kind, second?.kind, third?.kind]).toEqual([0, 0, 2]);
  });

  it('tells the same words at another level apart', () => {
    const mine = new Miner();
    mine.mine('connection to database lost', 'error');
    expect(mine.mine('connection to database lost', 'info').fresh).toBe(true);
    expect(mine.mine('connection to database lost', 'error').fresh).toBe(false);
  });

  it('keeps no secret', () => {
    const mine = new Miner();
    mine.mine('login with password=correct-horse-battery failed', 'error');
    expect(JSON.stringify(mine.snapshot())).not.toContain('horse');
  });

  it('stays bounded when every message is unlike the others', () => {
    const mine = new Miner();
    for (let i = 0; i < 6000; i += 1) {
      mine.mine(Array.from({ length: 1 + (i % 20) }, (_, j) => word(i * 31 + j)).join(' '), null);
    }
    expect(mine.size).toBeGreaterThan(2000);
    expect(mine.size).toBeLessThanOrEqual(3000);
    expect(mine.templates().length).toBeLessThanOrEqual(3000);
    expect(mine.mine('one more that nobody has said', null).fresh).toBe(false);
  });
});

/** A word without digits for each number. */
function word(n: number): string {
  return (n + 1000).toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
}
