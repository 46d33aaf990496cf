import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/domain/redact.ts';

const letters = (size: number) =>
  fc.string({
    unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'),
    minLength: size,
    maxLength: size,
  });

/** Where a secret may stand, and what of it is the secret. */
const planted = fc.oneof(
  letters(36).map((key) => ({ text: `ghp_${key}`, secret: key })),
  letters(24).map((key) => ({ text: `xoxb-${key}`, secret: key })),
  letters(40).map((key) => ({ text: `sk-proj-${key}`, secret: key })),
  letters(16).map((key) => ({ text: `AKIA${key.toUpperCase()}`, secret: key.toUpperCase() })),
  letters(20).map((key) => ({ text: `password=${key}`, secret: key })),
  letters(20).map((key) => ({ text: `api_key: ${key}7`, secret: key })),
  letters(20).map((key) => ({ text: `Authorization: Bearer ${key}`, secret: key })),
  letters(14).map((key) => ({ text: `postgres://app:${key}@db.internal/shop`, secret: key })),
  fc.tuple(letters(20), letters(40)).map(([a, b]) => ({ text: `eyJ${a}.eyJ${b}.${a}`, secret: b })),
);

describe('redact', () => {
  it('lets no planted secret through, plain, URL-encoded or in escaped JSON', () => {
    const wraps: ((text: string) => string)[] = [
      (text) => text,
      (text) => encodeURIComponent(text),
      (text) => JSON.stringify({ message: text }),
      (text) => JSON.stringify({ body: JSON.stringify({ note: text }) }),
    ];
    fc.assert(
      fc.property(
        planted,
        fc.constantFrom(...wraps),
        fc.constantFrom('', 'user 7 said '),
        ({ text, secret }, wrap, before) => {
          expect(redact(wrap(`${before}${text} and went on`))).not.toContain(secret);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes a secret out of JSON fields, also of escaped JSON', () => {
    const inner = JSON.stringify({ password: 'hunter2hunter2', user: 'ann' });
    expect(redact(inner)).not.toContain('hunter2');
    expect(redact(JSON.stringify({ body: inner }))).not.toContain('hunter2');
    expect(redact(inner)).toContain('ann');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 300 }),
          planted.map(({ text }) => text),
        ),
        (text) => {
          expect(redact(redact(text))).toBe(redact(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    'GET /api/orders/42 200 in 12.5 ms',
    'req 3f2504e0-4f89-41d3-9a0c-0305e82c3301 done',
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    "TypeError: Cannot read properties of undefined (reading 'city')",
    '    at formatOrder (/srv/app/src/services/order-formatting/format.js:12:31)',
    'token count 17, 1699999999999 ms',
  ])('leaves alone: %s', (line) => {
    expect(redact(line)).toBe(line);
  });

  it('knows cards by their check digit', () => {
    expect(redact('paid with 4111 1111 1111 1111')).toBe('paid with <REDACTED:card>');
    expect(redact('order 4111 1111 1111 1112')).toContain('4111');
  });

  it('takes out private keys, cookies and mail addresses', () => {
    const text =
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----\nCookie: sid=abc123; a=b\nfrom ann@example.com';
    expect(redact(text)).toBe('<REDACTED:private_key>\nCookie: <REDACTED:session>\nfrom <REDACTED:email>');
  });

  it('stays linear on a long hostile line', () => {
    const hostile = `${'password'.repeat(4000)}${'eyJ'.repeat(20_000)}${'@a.'.repeat(20_000)}`;
    expect(redact(hostile).length).toBeGreaterThan(0);
  });
});
