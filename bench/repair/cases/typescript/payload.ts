export interface Payload {
  readonly kind: string;
}

export function parsePayload(body: string): Payload | null {
  if (body === '') return null;
  const payload: Payload = JSON.parse(body);
  return payload;
}

// ---- test
import { parsePayload } from '../src/payload.ts';

test('empty', () => assert.equal(parsePayload(''), null));
// ---- crash
parsePayload('<html>');
