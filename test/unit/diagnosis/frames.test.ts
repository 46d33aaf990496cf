import { describe, expect, it } from 'vitest';
import { mapFrames } from '../../../src/diagnosis/frames.ts';
import type { Frame, StackTrace } from '../../../src/domain/trace.ts';

const frame = (file: string, line = 7, symbol: string | null = 'f', inApp = true): Frame => ({
  file,
  line,
  column: null,
  symbol,
  inApp,
});
const trace = (frames: readonly Frame[], cause: StackTrace | null = null): StackTrace => ({
  language: 'javascript',
  errorType: 'Error',
  message: 'no',
  frames,
  cause,
});
const mapped = (path: string, files: readonly string[]) => mapFrames(trace([frame(path)]), files)[0] ?? null;

describe('mapFrames', () => {
  it.each([
    ['/app/src/x.js', 'a container'],
    ['file:///srv/app/src/x.js', 'a file URL'],
    ['file:///srv/my%20app/src/x.js?t=1', 'an encoded URL with a query'],
    ['C:\\work\\app\\src\\x.js', 'Windows'],
    ['webpack-internal:///./src/x.js', 'webpack'],
    ['src/x.js', 'a relative path'],
  ])('finds src/x.js from %s (%s)', (path) => {
    expect(mapped(path, ['lib/x.js', 'src/x.js', 'README.md'])).toEqual({
      file: 'src/x.js',
      line: 7,
      symbol: 'f',
      exact: true,
    });
  });

  it.each([
    ['/app/dist/cart/total.js', 'src/cart/total.ts'],
    ['/app/build/src/total.js', 'src/total.tsx'],
    ['/app/dist/total.mjs', 'src/total.mts'],
    ['/app/src/total.js', 'src/total.ts'],
  ])('guesses what %s was compiled from', (path, source) => {
    expect(mapped(path, ['package.json', source])).toMatchObject({ file: source, exact: false });
  });

  it('takes a file of lib/ for itself, though src/ has one of that name', () => {
    expect(mapped('/app/lib/util.js', ['lib/util.js', 'src/util.ts'])).toMatchObject({
      file: 'lib/util.js',
      exact: true,
    });
  });

  it('tells the packages of a monorepo apart, and does not guess between equals', () => {
    const files = ['packages/api/src/index.js', 'packages/web/src/index.js'];
    expect(mapped('/repo/packages/web/src/index.js', files)?.file).toBe('packages/web/src/index.js');
    expect(mapped('/app/src/index.js', files)).toBeNull();
  });

  it('takes a name alone for a weak sign', () => {
    expect(mapped('/opt/thing/checkout.js', ['services/shop/checkout.js'])).toMatchObject({ exact: false });
    expect(mapped('/opt/thing/checkout.js', ['a/checkout.js', 'b/checkout.js'])).toBeNull();
  });

  it('leaves out the runtime and installed libraries', () => {
    const frames = [
      frame('node:internal/process', 1, null, false),
      frame('/app/node_modules/x/src/x.js', 1, null, false),
    ];
    expect(mapFrames(trace(frames), ['src/x.js'])).toEqual([]);
  });

  it('puts the innermost cause first, and wrappers last', () => {
    const inner = trace([frame('/app/src/db.js', 3), frame('/app/src/logger.js', 4)]);
    const outer = trace([frame('/app/src/api.js', 9)], inner);
    expect(mapFrames(outer, ['src/db.js', 'src/api.js', 'src/logger.js']).map(({ file }) => file)).toEqual([
      'src/db.js',
      'src/api.js',
      'src/logger.js',
    ]);
  });

  it('puts errors that one gathers before it, and suppressed ones of the JVM after it', () => {
    const gathered = trace([frame('/app/src/db.js', 3)]);
    const outer = { ...trace([frame('/app/src/api.js', 9)]), related: [gathered] };
    const order = (of: StackTrace) => mapFrames(of, ['src/db.js', 'src/api.js']).map(({ file }) => file);
    expect(order(outer)).toEqual(['src/db.js', 'src/api.js']);
    expect(order({ ...outer, language: 'java' })).toEqual(['src/api.js', 'src/db.js']);
  });

  it.each([
    ['async Cart.total', 'total'],
    ['new Cart', 'Cart'],
    ['Object.get [as total]', 'get'],
    ['Object.<anonymous>', null],
    ['<module>', null],
  ])('reads %s as %s', (symbol, name) => {
    expect(mapFrames(trace([frame('/app/a.js', 1, symbol)]), ['a.js'])[0]?.symbol).toBe(name);
  });
});
