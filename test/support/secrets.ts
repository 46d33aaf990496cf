import fc from 'fast-check';

/** Secrets as people and machines write them, none of them anybody's. */
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const BASE62 = UPPER + LOWER + DIGITS;
const URL64 = `${BASE62}_-`;

const chars = (alphabet: string, min: number, max = min): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength: min, maxLength: max });

/** Prefix, alphabet, length, and what may follow: one row a vendor and kind of key. */
const VENDOR_KEYS: readonly (readonly [prefix: string, alphabet: string, size: number, ending?: string])[] = [
  ['AKIA', UPPER + DIGITS, 16],
  ['ASIA', UPPER + DIGITS, 16],
  ['AIza', URL64, 35],
  ['ya29.', URL64, 60],
  ['GOCSPX-', URL64, 28],
  ['abc8Q~', `${URL64}~.`, 34],
  ['ghp_', BASE62, 36],
  ['gho_', BASE62, 36],
  ['github_pat_', `${BASE62}_`, 82],
  ['glpat-', URL64, 20],
  ['glrt-', URL64, 20],
  ['GR1348941', URL64, 20],
  ['xoxb-123456789012-', BASE62, 24],
  ['xapp-1-', BASE62, 40],
  ['https://hooks.slack.com/services/T0/B0', BASE62, 40],
  ['sk_live_', BASE62, 24],
  ['rk_test_', BASE62, 24],
  ['whsec_', BASE62, 32],
  ['SK', HEX, 32],
  ['SG.abcdefghijklmnopqrstuv.', URL64, 43],
  ['npm_', BASE62, 36],
  ['pypi-AgEIcHlwaS5vcmc', URL64, 60],
  ['sk-proj-', URL64, 48],
  ['sk-', HEX, 32],
  ['sk-ant-api03-', URL64, 80],
  ['123456789:AAE', URL64, 32],
  ['MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.', URL64, 38],
  ['https://discord.com/api/webhooks/123456789012345678/', URL64, 68],
  ['shpat_', HEX, 32],
  ['dop_v1_', HEX, 64],
  ['HRKU-', URL64, 60],
  ['key-', HEX, 32],
  ['dapi', HEX, 32],
  ['hf_', BASE62, 34],
  ['hvs.', URL64, 90],
  ['dckr_pat_', URL64, 27],
  ['ATATT3', URL64, 180],
  ['rubygems_', HEX, 48],
  ['PMAK-0123456789abcdef01234567-', HEX, 34],
  ['NRAK-', UPPER + DIGITS, 27],
  ['sntryu_', HEX, 64],
  ['glsa_', BASE62, 32, '_0a1b2c3d'],
  ['lin_api_', BASE62, 40],
  ['ntn_', BASE62, 46],
  ['patAbCdEfGhIjKlMn.', HEX, 64],
  ['tskey-auth-', BASE62, 30],
  ['pul-', HEX, 40],
  ['dp.pt.', BASE62, 43],
  ['sq0csp-', URL64, 43],
  ['xkeysib-', HEX, 64, '-AbCdEfGhIjKlMnOp'],
  ['AGE-SECRET-KEY-1', UPPER + DIGITS, 58],
  ['r8_', BASE62, 37],
  ['ksk_', BASE62, 32],
];

const vendorKey: fc.Arbitrary<string> = fc
  .constantFrom(...VENDOR_KEYS)
  .chain(([prefix, alphabet, size, ending = '']) =>
    chars(alphabet, size).map((body) => prefix + body + ending),
  );

/** A secret that is one by itself. */
export const standing: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: vendorKey },
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
export const named: fc.Arbitrary<readonly [name: string, value: string]> = fc.tuple(
  fc.constantFrom(
    'password',
    'DB_PASSWORD',
    'clientSecret',
    'api_key',
    'access-token',
    'secretKey',
    'passwd',
  ),
  chars(`${BASE62}!$*+._~^#@-`, 8, 30).filter((text) => !/^\*+$/.test(text)),
);

/** Every way of writing a text that redaction claims to see through. */
export const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  url: encodeURIComponent,
  json: (text) => JSON.stringify(text),
  'json in json': (text) => JSON.stringify(JSON.stringify({ note: text })),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'url of base64': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
};
export const encoding: fc.Arbitrary<(text: string) => string> = fc.constantFrom(...Object.values(ENCODINGS));

/** A named secret as fields, parameters, addresses, and pairs of fields carry it. */
export const WRITINGS: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `${name}=${value}`,
  (name, value) => `${name}: "${value}"`,
  (name, value) => `user=bob ${name} => '${value}' ok`,
  (name, value) => JSON.stringify({ user: 'bob', [name]: value, n: 1 }),
  (name, value) => `/login?x=1&${name}=${encodeURIComponent(value)}&y=2`,
  (_, value) => `postgres://bob:${encodeURIComponent(value)}@db.example/x`,
  (name, value) => JSON.stringify({ env: [{ name, value }] }),
  (name, value) => `- name: ${name}\n  value: "${value}"\n`,
  (_, value) => JSON.stringify(['Host', 'x', 'Authorization', `Bearer ${value}`, 'Accept', '*/*']),
];

/** The secret in every encoding, without the quotes of one; its first characters tell already. */
export function formsOf(secret: string): readonly string[] {
  return ['plain', 'url', 'json', 'json in json'].map((name) =>
    (ENCODINGS[name]?.(secret) ?? secret)
      .replace(/^[\\"]+|[\\"]+$/g, '')
      .replace(/^"?\{\\+"note\\+":\\+"|\\+"\}"?$/g, '')
      .slice(0, 40),
  );
}

function withCheckDigit(digits: string): string {
  const sum = digits
    .split('')
    .toReversed()
    .map((digit, at) => (at % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return digits + String((10 - (sum % 10)) % 10);
}
