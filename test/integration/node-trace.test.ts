import { expect, it } from 'vitest';
import { lastWords, onlyTrace } from '../support/runtime-traces.ts';

it('reads what this Node prints of an uncaught aggregate with a cause', () => {
  const code = `const load = (id) => { throw new TypeError('no ' + id, { cause: new Error('deep') }); };
function both() {
  const errors = [1, 2].map((id) => { try { load(id); } catch (e) { return e; } });
  throw new AggregateError(errors, 'both failed');
}
both();
`;
  expect(onlyTrace(lastWords('a.cjs', code, () => [process.execPath, 'a.cjs']))).toEqual([
    ['Error', 1, 'load'],
    ['TypeError', 1, 'load'],
    ['Error', 1, 'load'],
    ['TypeError', 1, 'load'],
    ['AggregateError', 4, 'both'],
  ]);
});
