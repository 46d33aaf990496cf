import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { linkedPlaces, wantsLinks } from '../../../../src/commands/diagnosis/link.ts';
import { diagnosisView } from '../../../support/views.ts';

const on = (isTTY: boolean, env: Record<string, string>) =>
  wantsLinks({ stdout: { isTTY } as NodeJS.WriteStream }, env);

describe('hyperlinks of places', () => {
  it('lead to the checkout and leave the visible text as it is', () => {
    const line = '  S1 src/pay.js:4 pay, not src/other.js:4';
    const [linked = ''] = linkedPlaces([line], diagnosisView('a'), '/work/shop');
    expect(linked).toContain(
      '\u001b]8;;file:///work/shop/src/pay.js#L4\u001b\\src/pay.js:4\u001b]8;;\u001b\\',
    );
    expect(linked).not.toContain('src/other.js#');
    expect(stripVTControlCharacters(linked)).toBe(line);
  });

  it('are made on a terminal that is not dumb, and not where NO_COLOR asks for plain text', () => {
    expect(on(true, { TERM: 'xterm-256color' })).toBe(true);
    expect(on(true, { TERM: 'dumb' })).toBe(false);
    expect(on(true, { TERM: 'dumb', FORCE_COLOR: '1' })).toBe(false);
    expect(on(true, { TERM: 'xterm', NO_COLOR: '1' })).toBe(false);
    expect(on(false, { TERM: 'xterm', FORCE_COLOR: '1' })).toBe(false);
  });
});
