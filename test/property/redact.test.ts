import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/domain/redact.ts';

const chars = (alphabet: string, min: number, max = min) =>
  fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength: min, maxLength: max });
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const DIGITS = '0123456789';
const BASE62 = UPPER + LOWER + DIGITS;
const after = (prefix: string, rest: fc.Arbitrary<string>) => rest.map((text) => prefix + text);

/** A secret by itself, and what of it must not be seen again. */
const standing = fc.oneof(
  after('AKIA', chars(UPPER + DIGITS, 16)),
  after('ghp_', chars(BASE62, 36)),
  after('github_pat_', chars(`${BASE62}_`, 60)),
  after('xoxb-', chars(DIGITS, 12)).chain((head) => chars(BASE62, 24).map((rest) => `${head}-${rest}`)),
  after('sk_live_', chars(BASE62, 24)),
  after('sk-proj-', chars(`${BASE62}_-`, 40)),
  after('AIza', chars(`${BASE62}_-`, 35)),
  after('npm_', chars(BASE62, 36)),
  after('ksk_', chars(BASE62, 32)),
  fc
    .tuple(chars(BASE62, 20, 60), chars(BASE62, 30, 80), chars(BASE62, 43))
    .map(([a, b, c]) => `eyJ${a}.eyJ${b}.${c}`),
  chars(`${BASE62}+/`, 64, 200).map(
    (body) => `-----BEGIN PRIVATE KEY-----\n${body.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----`,
  ),
  fc.tuple(chars(LOWER, 3, 12), chars(LOWER, 3, 12)).map(([name, host]) => `${name}.x+y@${host}.example.com`),
  chars(DIGITS, 11).map((middle) => withCheckDigit(`4111${middle}`)),
);

/** A value that only its name gives away. */
const word = chars(`${BASE62}!$*+._~^#@-`, 8, 30).filter((text) => !/^\*+$/.test(text));
const named = fc.tuple(
  fc.constantFrom(
    'password',
    'DB_PASSWORD',
    'clientSecret',
    'api_key',
    'access-token',
    'secretKey',
    'passwd',
  ),
  word,
);

const encodings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => JSON.stringify(text),
  (text) => JSON.stringify(JSON.stringify({ note: text })),
];
const encoded = fc.constantFrom(...encodings);
const around = fc.constantFrom('', ' ', 'user login ', '\n', '{"a":1} ', 'at x (y.js:1:2)\n', ', ');

describe('redact, whatever is planted', () => {
  it('lets no secret with a form of its own through, plain, URL-encoded or JSON-escaped', () => {
    fc.assert(
      fc.property(standing, around, around, encoded, (secret, before, behind, encode) => {
        const seen = redact(encode(`${before}${secret}${behind === '' ? '' : ` ${behind}`}`));
        for (const form of encodings) expect(seen).not.toContain(trimmed(form(secret)));
      }),
      { numRuns: 500 },
    );
  });

  it('lets no value of a secret field through', () => {
    const writings: readonly ((name: string, value: string) => string)[] = [
      (name, value) => `${name}=${value}`,
      (name, value) => `${name}: "${value}"`,
      (name, value) => `user=bob ${name} => '${value}' ok`,
      (name, value) => JSON.stringify({ user: 'bob', [name]: value, n: 1 }),
      (name, value) => `/login?x=1&${name}=${encodeURIComponent(value)}&y=2`,
      (_, value) => `postgres://bob:${encodeURIComponent(value)}@db.example/x`,
    ];
    fc.assert(
      fc.property(named, fc.constantFrom(...writings), encoded, ([name, value], write, encode) => {
        const seen = redact(encode(write(name, value)));
        for (const form of encodings) expect(seen).not.toContain(trimmed(form(value)));
      }),
      { numRuns: 1000 },
    );
  });

  it('lets fewer than one of a thousand long random tokens through that nothing else gives away', () => {
    const random = (seed: number) =>
      createHash('sha512')
        .update(`token ${seed}`)
        .digest()
        .subarray(0, 32 + (seed % 32));
    for (const encode of encodings) {
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
      fc.property(text, encoded, (parts, encode) => {
        const once = redact(encode(parts.join('')));
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});

/** The first characters tell already; quotes of an encoding are not the secret. */
function trimmed(text: string): string {
  return text.replace(/^[\\"]+|[\\"]+$/g, '').slice(0, 40);
}

function withCheckDigit(digits: string): string {
  const sum = digits
    .split('')
    .toReversed()
    .map((digit, at) => (at % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return digits + String((10 - (sum % 10)) % 10);
}
