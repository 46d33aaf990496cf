/** One kind of secret. `replace` gets the match and its groups. */
export interface RedactRule {
  readonly kind: string;
  /** Lower-case texts of which at least one occurs where the rule can match; empty: always tried. */
  readonly cues: readonly string[];
  readonly pattern: RegExp;
  replace(found: readonly string[]): string;
}

const mark = (kind: string): string => `<REDACTED:${kind}>`;

function whole(kind: string, cues: readonly string[], pattern: RegExp): RedactRule {
  return { kind, cues, pattern, replace: () => mark(kind) };
}

/** Keeps group 1 (what stands before the secret), takes out the rest. */
function after(kind: string, cues: readonly string[], pattern: RegExp): RedactRule {
  return {
    kind,
    cues,
    pattern,
    replace: ([all = '', before = '']) => (all.includes('<REDACTED:') ? all : `${before}${mark(kind)}`),
  };
}

/** `=`, `:`, or their URL-encoded forms, with JSON quotes that may be escaped. */
const ASSIGN = String.raw`(?:\\?["'])?\s{0,3}(?:=|:|%3[ADad])\s{0,3}(?:\\?["'])?`;

const NAMES = [
  'password', 'passwd', 'pwd', 'passphrase', 'secret', 'client_secret', 'clientsecret', 'api_key', 'apikey', 'api-key',
  'access_token', 'accesstoken', 'refresh_token', 'auth_token', 'authtoken', 'token', 'private_key', 'privatekey',
  'access_key', 'accesskey', 'secret_key', 'secretkey', 'session_id', 'sessionid', 'credential', 'credentials',
]; // biome-ignore format: a list of names

/** Vendor keys by their published forms; quantifiers are bounded, so time is linear. */
const VENDORS = [
  String.raw`gh[pousr]_[A-Za-z0-9]{20,255}`,
  String.raw`github_pat_[A-Za-z0-9_]{20,255}`,
  String.raw`glpat-[A-Za-z0-9_-]{16,64}`,
  String.raw`xox[abeoprs]-[A-Za-z0-9-]{10,250}`,
  String.raw`(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,250}`,
  String.raw`sk-(?:proj-|ant-|or-)?[A-Za-z0-9_-]{16,250}`,
  String.raw`(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{12,20}`,
  String.raw`AIza[A-Za-z0-9_-]{30,45}`,
  String.raw`ya29\.[A-Za-z0-9_-]{20,250}`,
  String.raw`npm_[A-Za-z0-9]{20,64}`,
  String.raw`ksk_[A-Za-z0-9_-]{10,250}`,
  String.raw`dop_v1_[a-f0-9]{32,80}`,
  String.raw`SG\.[A-Za-z0-9_-]{16,40}\.[A-Za-z0-9_-]{16,60}`,
  String.raw`hf_[A-Za-z0-9]{20,60}`,
];

const CUES = [
  'gh', 'glpat', 'xox', 'sk', 'rk_', 'pk_', 'akia', 'asia', 'agpa', 'aida', 'aroa', 'aiza', 'ya29', 'npm_', 'dop_v1', 'sg.', 'hf_',
]; // biome-ignore format: a list of beginnings

export const RULES: readonly RedactRule[] = [
  whole(
    'private-key',
    ['private key'],
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,20000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  ),
  whole(
    'jwt',
    ['eyj'],
    /eyJ[A-Za-z0-9_-]{8,4000}(?:\.|%2[Ee])[A-Za-z0-9_-]{4,8000}(?:(?:\.|%2[Ee])[A-Za-z0-9_-]{0,2000})?/g,
  ),
  whole('key', CUES, new RegExp(String.raw`(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrt]))(?:${VENDORS.join('|')})`, 'g')),
  {
    kind: 'connection-string',
    cues: ['://', '%3a%2f%2f'],
    pattern:
      /((?::|%3[Aa])(?:\/\/|%2[Ff]%2[Ff])[^\s:/@"'<>]{0,200}?(?::|%3[Aa]))([^\s@/"'<>]{1,400}?)(@|%40)/g,
    replace: ([, before = '', , at = '@']) => `${before}${mark('password')}${at}`,
  },
  after(
    'authorization',
    ['bearer', 'basic'],
    /((?:bearer|basic)(?:\s|%20|\+){1,3})(?!<REDACTED)[A-Za-z0-9._~+/%=-]{6,4000}/gi,
  ),
  after(
    'cookie',
    ['cookie'],
    /((?:set-)?cookie(?:\\?["'])?\s{0,3}[:=]\s{0,3}(?:\\?["'])?)(?!<REDACTED)[^\r\n"'\\]{1,4000}/gi,
  ),
  after(
    'secret',
    NAMES,
    new RegExp(
      String.raw`((?:${NAMES.join('|')})${ASSIGN})(?!<REDACTED|null\b|true\b|false\b|undefined\b)[^\s"'\\,;&<>{}()[\]]{3,2000}`,
      'gi',
    ),
  ),
  whole(
    'email',
    ['@', '%40'],
    /[A-Za-z0-9._+-]{1,64}(?:@|%40)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}/g,
  ),
  {
    kind: 'card',
    cues: [],
    pattern: /(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d.-])/g,
    replace: ([all = '']) => (isCard(all) ? mark('card') : all),
  },
  {
    kind: 'high-entropy',
    cues: [],
    pattern: /(?<![A-Za-z0-9+/_.-])[A-Za-z0-9+/_-]{32,512}={0,2}(?![A-Za-z0-9+/_.-])/g,
    replace: ([all = '']) => (isRandom(all) ? mark('high-entropy') : all),
  },
];

/** Luhn's check (ISO/IEC 7812) on 13 to 19 digits that begin like a card's. */
function isCard(text: string): boolean {
  const digits = text.replaceAll(/[ -]/g, '');
  if (!/^(?:4|5[1-5]|2[2-7]|3[47]|6(?:011|5))/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += i % 2 === 1 ? doubled : digit;
  }
  return sum % 10 === 0;
}

/** Mixed letters and digits without words or path parts: not a UUID, a hash in hex, or an identifier. */
function isRandom(text: string): boolean {
  if (/^[0-9a-f-]+$/i.test(text)) return false;
  if (!/\d/.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text)) return false;
  if (text.split(/[/_-]/).some((part) => /^[a-z]{4,}$/i.test(part))) return false;
  return entropyOf(text) > 4.2;
}

/** Shannon entropy in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
