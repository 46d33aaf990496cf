import { describe, expect, it } from 'vitest';
import { openExchange } from '../../../src/diagnosis/exchange.ts';

const ASKED = 'user ann@example.com, then bob@example.com, then ann@example.com; password=hunter2hunter2';

describe('an exchange with a model', () => {
  it('gives each secret one number, the same secret the same', () => {
    expect(
      openExchange()
        .hide(ASKED)
        .replace(/<SECRET_(\d)>/g, '#$1'),
    ).toMatch(/^user #(\d), then #(\d), then #\1; password=#(?!\1|\2)\d$/);
  });

  it('hides what is hidden already no second time', () => {
    const exchange = openExchange();
    const once = exchange.hide(ASKED);
    expect(openExchange().hide('password=<REDACTED:password> ok')).toBe('password=<REDACTED:password> ok');
    expect(once).not.toContain('hunter2');
  });

  it('restores the words that are kept, never the secret', () => {
    const exchange = openExchange();
    const [mark = ''] = /<SECRET_\d>$/.exec(exchange.hide('password=hunter2hunter2')) ?? [];
    expect(exchange.restore(`the one in ${mark} is wrong`)).toBe('the one in <REDACTED:password> is wrong');
    expect(exchange.restore('and <SECRET_99> too')).toBe('and <SECRET> too');
    expect(openExchange().restore(mark)).toBe('<SECRET>');
  });

  it('takes what looks like its mark for telemetry', () => {
    expect(openExchange().hide('log says <SECRET_1>')).toBe('log says <SECRET>');
  });
});
