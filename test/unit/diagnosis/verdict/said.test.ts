import { describe, expect, it } from 'vitest';
import { type Said, withSaid } from '../../../../src/diagnosis/verdict/said.ts';
import type { Claim, Hypothesis } from '../../../../src/domain/diagnosis.ts';
import { redact } from '../../../../src/domain/redact.ts';

const claim = (text: string, ...restsOn: readonly string[]): Claim => ({
  text: redact(text),
  restsOn,
  sure: 'likely',
});
const said = (text: string, ...grounds: readonly Claim[]): Said => ({
  text: redact(text),
  for: grounds,
  against: [],
});
const found = (standing: Hypothesis['standing'], text: string, ...grounds: readonly Claim[]): Hypothesis => ({
  ...said(text, ...grounds),
  standing,
});

const FAVOURED = found('favoured', 'a', claim('thrown', 'E1', 'S1'));
const RULED_OUT: Hypothesis = { ...found('ruled_out', 'b'), against: [claim('old', 'C1')] };

describe('what a model says beside the hypotheses', () => {
  it('comes last of those that stand, as possible', () => {
    const all = withSaid([FAVOURED, RULED_OUT], [said('c', claim('changed', 'C2'))]);
    expect(all.map(({ text, standing }) => `${text} ${standing}`)).toEqual([
      'a favoured',
      'c possible',
      'b ruled_out',
    ]);
  });

  it('becomes words of the one that rests on the same', () => {
    const [first, ...others] = withSaid(
      [FAVOURED],
      [said('a, in other words', claim('x is null', 'E1', 'S1'))],
    );
    expect(first).toEqual({ ...FAVOURED, for: [...FAVOURED.for, claim('x is null', 'E1', 'S1')] });
    expect(others).toEqual([]);
  });

  it('is not the same because of the event alone', () => {
    expect(
      withSaid([found('possible', 'a', claim('quoted', 'E1'))], [said('c', claim('x', 'E1'))]),
    ).toHaveLength(2);
  });

  it('finds no room beside three', () => {
    const three = ['S1', 'S2', 'S3'].map((id) => found('possible', id, claim(id, id)));
    expect(withSaid(three, [said('c', claim('changed', 'C2'))])).toEqual(three);
  });
});
