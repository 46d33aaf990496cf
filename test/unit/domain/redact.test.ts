import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/domain/redact.ts';

const letters = (size: number) =>
  fc.string({
    unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'.split('')),
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
  letters(20).map((key) => ({ text: `api_key: ${key}`, secret: key })),
  letters(20).map((key) => ({ text: `Authorization: Bearer ${key}`, secret: key })),
  letters(14).map((key) => ({ text: `postgres://app:${key}@db.internal/shop`, secret: key })),
  fc.tuple(letters(20), letters(40)).map(([a, b]) => ({ text: `eyJ${a}.eyJ${b}.${a}`, secret: b })),
);

const PEM = `-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc+/=\n-----END RSA PRIVATE KEY-----`;

describe('redact', () => {
  it.each([
    ['key AKIAIOSFODNN7EXAMPLE in use', 'key <REDACTED:aws_key> in use'],
    ['push with ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'push with <REDACTED:github_token>'],
    ['url?x=1%26t%3Dghp_16C7e42F292c6912E7710c838347Ae178B4a', 'url?x=1%26t%3D<REDACTED:github_token>'],
    ['{"m":"a\\nxoxb-123456789012-abcdefABCDEF"}', '{"m":"a\\n<REDACTED:slack_token>"}'],
    ['charge with sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'charge with <REDACTED:stripe_key>'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl.', 'jwt <REDACTED:jwt>'],
    [`before ${PEM} after`, 'before <REDACTED:private_key> after'],
    [encodeURIComponent(PEM), '<REDACTED:private_key>'],
    [JSON.stringify({ k: PEM }), '{"k":"<REDACTED:private_key>"}'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE cut', '<REDACTED:private_key>'],
    ['postgres://app:hunter2@db:5432/x', 'postgres://app:<REDACTED:password>@db:5432/x'],
    ['redis://:p@ss@cache/0', 'redis://:<REDACTED:password>@cache/0'],
    ['Authorization: Bearer abc.def-1', 'Authorization: <REDACTED:token>'],
    ['authorization: Basic dXNlcjpwYXNz', 'authorization: <REDACTED:token>'],
    ['Cookie: a=b; session=1234\nnext', 'Cookie: <REDACTED:session>\nnext'],
    ['{"cookie":"a=b; c=d","path":"/x"}', '{"cookie":"<REDACTED:session>","path":"/x"}'],
    ['password=hunter2 user=bob', 'password=<REDACTED:password> user=bob'],
    ['password: swordfish', 'password: <REDACTED:password>'],
    ['{"dbPassword": "hun\\"ter2", "n": 1}', '{"dbPassword": "<REDACTED:password>", "n": 1}'],
    ['"{\\"client_secret\\":\\"abc\\"}"', '"{\\"client_secret\\":\\"<REDACTED:secret>\\"}"'],
    ['/login?api_key=abc123&x=1', '/login?api_key=<REDACTED:secret>&x=1'],
    ['q=%22password%22%3A%22hunter2%22', 'q=%22password%22%3A%22<REDACTED:password>%22'],
    ['mail to jane.doe+x@example.co.uk now', 'mail to <REDACTED:email> now'],
    ['jane%40example.com', '<REDACTED:email>'],
    ['pan=%204111111111111111', 'pan=%20<REDACTED:card>'],
    ['aws wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY9 x', 'aws <REDACTED:random> x'],
  ])('hides the secret in %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each([
    'trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7',
    '    at processTicksAndRejections (node:internal/process/task_queues:105:5)',
    '    at Object.<anonymous> (/app/node_modules/.pnpm/react@19.3.1/node_modules/react/index.js:10:3)',
    '/usr/src/app/src/components/UserProfileSettings/AccountSettingsForm.tsx:12:5',
    'SyntaxError: Unexpected token: } in JSON at position 12',
    'input_tokens=1500 tokenizer=cl100k',
    'PWD=/home/app/service',
    'password: null, token=<*>',
    'org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1067)',
    'pod checkout-service-deployment-7d9f8b6c5d-x2x4z restarted',
    'sha512-Zx1kqB0hG7e2mU9oYt4vWcL3nPqRsT5uVwXyZaBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789==',
    'blk_-1608999687919862906 src: /10.250.19.102:54106',
    'at /v2/54fadb412c4e40cdbaed9335e4c35a9e/servers/detail HTTP/1.1',
    '  const token = await secrets.get(name);',
    '  sessionId: input.id,',
    'connect(user=user, password=password, token=config.token)',
    'if (token === null) return;',
  ])('leaves %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('is quick on text made to be slow', () => {
    const hostile = [
      'eyJ',
      'a@',
      '://a:',
      'password=',
      '-----BEGIN ',
      '4',
      'a.',
      '%40a',
      'sk-',
      '\\"',
      '"',
      ' ',
    ];
    const started = performance.now();
    for (const part of hostile) redact(part.repeat(200_000 / part.length));
    expect(performance.now() - started).toBeLessThan(5_000);
  });

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
