import { describe, expect, it } from 'vitest';
import { FieldsLook } from '../../../../src/pipeline/buckets/fields-look.ts';

const look = new FieldsLook(['route', 'path']);
const found = (fields: Readonly<Record<string, unknown>>) => {
  look.at(fields);
  const numbers = Array.from({ length: look.count }, (_, i) => [
    look.names[i],
    look.values[i],
    look.statuses[i],
  ]);
  return { numbers, dimension: look.dimension };
};

describe('a look at the fields of a record', () => {
  it('finds what measures, and which of it is a status, also one level down', () => {
    expect(
      found({ duration_ms: 7, user_id: 9, res: { statusCode: 500, body: { size: 3 } } }).numbers,
    ).toEqual([
      ['duration_ms', 7, false],
      ['res.statusCode', 500, true],
    ]);
    expect(found({ text: '7', bad: Number.NaN }).numbers).toEqual([]);
  });

  it('splits by the first dimension that is given a name, wherever it stands in the record', () => {
    expect(found({ path: '/a?b=1', route: '/r' }).dimension).toBe('/r');
    expect(found({ route: '/r', path: '/a' }).dimension).toBe('/r');
    expect(found({ route: '', path: '/a?b=1' }).dimension).toBe('/a');
    expect(found({ route: 7 }).dimension).toBeNull();
  });

  it('splits by a request’s url where there is no dimension', () => {
    expect(found({ req: { url: '/u?x' } }).dimension).toBe('/u');
    expect(found({ path: '/a', req: { url: '/u' } }).dimension).toBe('/a');
    expect(found({ req: 'none', request: { url: '/u' } }).dimension).toBeNull();
  });

  it('forgets the record before', () => {
    found({ path: '/a', duration_ms: 1 });
    expect(found({})).toEqual({ numbers: [], dimension: null });
  });
});
