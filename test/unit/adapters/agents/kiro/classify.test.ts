import { describe, expect, it } from 'vitest';
import { classifyHeadless, type HeadlessFacts } from '../../../../../src/adapters/agents/kiro/classify.ts';

const left = (code: number | null) =>
  ({ end: 'exit', code, signal: code === null ? 'SIGSEGV' : null }) as const;
const well: HeadlessFacts = {
  end: left(0),
  stderr: ' ▸ Credits: 0.04 • Time: 2s',
  finished: { status: 'success', stopReason: 'end_turn' },
  didSomething: true,
};
const endOf = (facts: Partial<HeadlessFacts>) => classifyHeadless({ ...well, ...facts }).end;

describe('what a headless run came to', () => {
  it('is finished when the CLI said so and did something', () => {
    expect(classifyHeadless(well)).toEqual({ end: 'finished', detail: 'end_turn' });
  });

  it('is not signed in although the exit code is 0', () => {
    expect(endOf({ stderr: '25lAuthentication failed. Your API key may be invalid', finished: null })).toBe(
      'not_signed_in',
    );
  });

  it('is not finished although the exit code is 0, when the last line is missing or nothing was done', () => {
    expect(endOf({ finished: null })).toBe('exited');
    expect(endOf({ finished: null, didSomething: false })).toBe('exited');
    expect(endOf({ didSomething: false })).toBe('failed');
    expect(endOf({ finished: { status: 'error', stopReason: null } })).toBe('failed');
  });

  it.each([1, 2, 3, 4, null])('has left with %s', (code) => {
    expect(endOf({ end: left(code) })).toBe('exited');
  });

  it('says what an exit code means', () => {
    expect(classifyHeadless({ ...well, end: left(4) }).detail).toContain('agent does not exist');
    expect(classifyHeadless({ ...well, end: left(null) }).detail).toContain('SIGSEGV');
  });

  it('is not installed when it never started', () => {
    expect(endOf({ end: { end: 'not_found', reason: 'ENOENT' } })).toBe('not_installed');
  });
});
