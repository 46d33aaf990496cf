import { type Mark, START } from './placeholder.ts';

const DIGITS = new RegExp(`(?<![-.])${START}[2-6](?:(?: |-|%20|\\+)?[0-9]){12,18}(?![A-Za-z0-9])`, 'g');

/** Issuers' first digits and lengths: timestamps and counters do not begin like these. */
const ISSUERS: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/,
  /^(?:5[1-5]\d{14}|2[2-7]\d{14})$/,
  /^3[47]\d{13}$/,
  /^3(?:0[0-5]|[689]\d)\d{11}$/,
  /^(?:6011|65\d\d|64[4-9]\d)\d{12}$/,
  /^35\d{14}$/,
];

/** Payment card numbers: an issuer's prefix and length, and the check digit is right. */
export function redactCards(text: string, mark: Mark): string {
  let out = '';
  let from = 0;
  DIGITS.lastIndex = 0;
  for (let found = DIGITS.exec(text); found !== null; found = DIGITS.exec(text)) {
    const digits = found[0].replace(/%20|\D/g, '');
    if (ISSUERS.some((issuer) => issuer.test(digits)) && luhn(digits)) {
      out += text.slice(from, found.index) + mark('card', found[0]);
      from = DIGITS.lastIndex;
    } else {
      DIGITS.lastIndex = found.index + 1;
    }
  }
  return out + text.slice(from);
}

/** Check digit of ISO/IEC 7812-1, annex B. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const weighted = at % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
