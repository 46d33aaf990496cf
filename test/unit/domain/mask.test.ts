import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashMasked, maskText } from '../../../src/domain/mask.ts';

describe('mask', () => {
  it.each([
    ['took 12.5ms for id a1b2-c3', 'took <*> for id <*>'],
    ['/api/users/77/orders', '/api/users/<*>/orders'],
    ['eth0 speaks ipv6, not ipv64 or x9', 'eth0 speaks ipv6, not <*> or <*>'],
    ['part-00 of task_7 -5', '<*> of <*> -<*>'],
    ['unusual instruction......0 and so on...', 'unusual instruction......<*> and so on...'],
    ['Größe1 3', '<*> <*>'],
    ['nothing varies', 'nothing varies'],
    ['', ''],
  ])('masks %j', (message, masked) => {
    expect(maskText(message)).toBe(masked);
  });

  it('hashes alike what masks alike, and nothing else', () => {
    const hash = (message: string) => {
      const out = { first: 0, second: 0 };
      hashMasked(message, out);
      return `${out.first} ${out.second}`;
    };
    const message = fc.string({
      unit: fc.constantFrom('a', 'b', '1', '_', '.', '-', ':', ' ', 'é'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(message, message, (a, b) => {
        expect(hash(a) === hash(b)).toBe(maskText(a) === maskText(b));
      }),
      { numRuns: 5000 },
    );
    expect(hash('a1 b')).toBe(hash('77 b'));
    expect(hash('eth0 b')).not.toBe(hash('eth1 b'));
  });
});
