import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '../../../../../src/adapters/sources/sentry/envelope.ts';

function read(text: string | Buffer) {
  const envelope = parseEnvelope(Buffer.from(text));
  if (typeof envelope === 'string') return envelope;
  return envelope.items.map(({ type, payload }) => [type, payload.toString()]);
}

describe('an envelope', () => {
  it('has items whose payload ends with its line', () => {
    expect(read('{"event_id":"a"}\n{"type":"event"}\n{"x":1}\n{"type":"session"}\n{}\n')).toEqual([
      ['event', '{"x":1}'],
      ['session', '{}'],
    ]);
  });

  it('has items whose payload is as long as it says, newlines and all', () => {
    expect(read('{}\n{"type":"attachment","length":5}\na\nb\nc\n{"type":"event","length":2}\n{}')).toEqual([
      ['attachment', 'a\nb\nc'],
      ['event', '{}'],
    ]);
  });

  it('may have no item, an empty payload, empty lines at its end, and a length that is null', () => {
    expect(read('{}')).toEqual([]);
    expect(read('{}\n\n')).toEqual([]);
    expect(read('{}\n{"type":"a","length":0}\n\n{"type":"b"}\n\n\n')).toEqual([
      ['a', ''],
      ['b', ''],
    ]);
    expect(read('{}\n{"type":"a","length":null}\n{}')).toEqual([['a', '{}']]);
  });

  it('says what is wrong with it, and quotes nothing', () => {
    const item = 'item 1 needs a header line, a JSON object with its type, and as many bytes as it says';
    expect(read('')).toBe('the first line of an envelope is a JSON object');
    expect(read('secret')).toBe('the first line of an envelope is a JSON object');
    expect(read('[]\n')).toBe('the first line of an envelope is a JSON object');
    expect(read('{}\nsecret\n{}')).toBe(item);
    expect(read('{}\n{"length":2}\n{}')).toBe(item);
    expect(read('{}\n{"type":"event","length":3}\n{}')).toBe(item);
    expect(read('{}\n{"type":"event","length":-1}\n{}')).toBe(item);
    expect(read('{}\n{"type":"event","length":1e300}\n{}')).toBe(item);
  });

  it('is bounded in its items', () => {
    expect(read(`{}\n${'{"type":"a"}\n{}\n'.repeat(1001)}`)).toBe('an envelope has at most 1000 items');
  });

  it('gives back what was put in, whatever the payloads', () => {
    const payload = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 6 }), (payloads) => {
        const parts = payloads.flatMap((bytes) => [
          Buffer.from(`\n{"type":"attachment","length":${bytes.length}}\n`),
          Buffer.from(bytes),
        ]);
        const envelope = parseEnvelope(Buffer.concat([Buffer.from('{}'), ...parts]));
        if (typeof envelope === 'string') throw new Error(envelope);
        expect(envelope.items.map((item) => [...item.payload])).toEqual(payloads.map((bytes) => [...bytes]));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        parseEnvelope(Buffer.from(bytes));
      }),
      { numRuns: 300 },
    );
  });
});
