import { describe, expect, it } from 'vitest';
import { routeFit } from '../../../../src/diagnosis/locate/route-match.ts';

describe('the pattern of a route', () => {
  it.each([
    ['/orders/:id', '/orders/42'],
    ['/orders/{id}', '/orders/<*>'],
    ['/orders/<int:id>/', '/orders/:id'],
    ['/orders/(\\d+)', '/orders/7?full=1'],
    ['/orders/*/lines', '/orders/b7f3c2d1-1111-4222-8333-944455556666/lines'],
    ['/', '/'],
  ])('%s is the whole of %s', (pattern, path) => {
    expect(routeFit(pattern, path)).toBe(1);
  });

  it.each([
    ['/orders/:id', '/users/42'],
    ['/orders/new', '/orders/old'],
    ['/:id', '/42'],
    ['/', '/orders'],
    ['/orders/:id/lines', '/orders'],
  ])('%s is none of %s', (pattern, path) => {
    expect(routeFit(pattern, path)).toBe(0);
  });

  it('that goes on with a value, that is mounted below a prefix, or is the prefix, fits less and less', () => {
    const fits = ['/orders/:id', '/api/orders/:id', '/orders/:id/:line'].map((path) =>
      routeFit(path, '/orders/42'),
    );
    expect(fits).toEqual([1, 0, 0.8]);
    expect(routeFit('/orders/:id', '/api/orders/42')).toBeGreaterThan(routeFit('/api', '/api/orders/42'));
    expect(routeFit('/api', '/api/orders/42')).toBeGreaterThan(0);
  });
});
