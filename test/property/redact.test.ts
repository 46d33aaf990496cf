import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/domain/redact.ts';
import { ENCODINGS, encoding, formsOf, named, standing, WRITINGS } from '../support/secrets.ts';

const around = fc.constantFrom('', ' ', 'user login ', '\n', '{"a":1} ', 'at x (y.js:1:2)\n', ', ');

describe('redact, whatever is planted', () => {
  it('lets no secret with a form of its own through, in any encoding', () => {
    fc.assert(
      fc.property(standing, around, around, encoding, (secret, before, behind, encode) => {
        const seen = redact(encode(`${before}${secret}${behind === '' ? '' : ` ${behind}`}`));
        for (const form of formsOf(secret)) expect(seen).not.toContain(form);
        expect(atobAll(seen)).not.toContain(secret);
      }),
      { numRuns: 2000 },
    );
  });

  it('lets no value of a secret field through', () => {
    fc.assert(
      fc.property(named, fc.constantFrom(...WRITINGS), encoding, ([name, value], write, encode) => {
        const seen = redact(encode(write(name, value)));
        for (const form of formsOf(value)) expect(seen).not.toContain(form);
        expect(atobAll(seen)).not.toContain(value);
      }),
      { numRuns: 2000 },
    );
  });

  it('lets fewer than one of a thousand long random tokens through that nothing else gives away', () => {
    const random = (seed: number) =>
      createHash('sha512')
        .update(`token ${seed}`)
        .digest()
        .subarray(0, 32 + (seed % 32));
    for (const name of ['plain', 'url', 'json', 'json in json']) {
      const encode = ENCODINGS[name] ?? String;
      for (const form of ['base64', 'base64url'] as const) {
        const tokens = Array.from({ length: 2000 }, (_, seed) => random(seed).toString(form));
        const seen = tokens.filter((token) =>
          redact(encode(`got ${token} back`)).includes(token.slice(4, 24)),
        );
        expect(seen.length).toBeLessThanOrEqual(2);
      }
    }
  });

  it('changes nothing the second time', () => {
    const text = fc.array(
      fc.oneof(
        standing,
        named.map(([name, value]) => `${name}=${value}`),
        around,
        fc.string(),
      ),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(text, encoding, (parts, encode) => {
        const once = redact(encode(parts.join('')));
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});

/** All that is in base64 there, read. */
function atobAll(text: string): string {
  const runs =
    text
      .replace(/%2B/g, '+')
      .replace(/%2F/g, '/')
      .match(/[A-Za-z0-9+/_-]{8,}/g) ?? [];
  return runs.map((run) => Buffer.from(run, 'base64').toString('latin1')).join('\n');
}
