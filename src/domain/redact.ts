import { redactCards } from './redact/cards.ts';
import { redactKeyed } from './redact/keyed.ts';
import { redactPrivateKeys } from './redact/private-keys.ts';
import { redactRandom } from './redact/random.ts';
import { redactEmails, redactUrlCredentials, redactVendorKeys } from './redact/shapes.ts';

/**
 * Text that has passed the one door (`redact`). Only `Redacted` text may be kept or leave the machine;
 * the brand cannot be made elsewhere.
 */
export type Redacted = string & { readonly __redacted: unique symbol };

/**
 * The one door. Replaces secrets by `<REDACTED:kind>`: private keys, credentials in URLs, values of fields whose name
 * says secret, keys of common vendors, JWTs, e-mail addresses, card numbers, and long random tokens; each plain,
 * URL-encoded, or JSON-escaped. UUIDs, hashes, trace ids and paths stay. Half a surrogate pair becomes U+FFFD, as any store
 * would make it: what is kept is found again by what it was kept as. Linear in the text's length, and a second pass
 * changes nothing (docs/privacy.md says what is not recognised).
 */
export function redact(text: string): Redacted {
  const wellFormed = text.toWellFormed();
  if (!SUSPICIOUS.test(wellFormed)) return wellFormed as Redacted;
  let out = wellFormed;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const before = out;
    out = RULES.reduce((rest, rule) => rule(rest), before);
    if (out === before) break;
  }
  return out as Redacted;
}

/** At most `length` characters from the beginning. Cut after redacting: half a secret is recognised by nobody. */
export function redactBeginning(text: string, length: number): Redacted {
  return redact(text.slice(0, 2 * length))
    .slice(0, length)
    .toWellFormed() as Redacted;
}

/** A secret that was stuck to another is seen only when the first is gone. */
const MOST_PASSES = 8;

/** Every rule needs one of these; most clean lines have none and are done after one scan. */
const SUSPICIOUS =
  /@|%40|:\\?\/|%3A%2F|eyJ|-----BEGIN|pass|pwd|secret|token|key|auth|bearer|cookie|cred|csrf|sess|sid|sig|%2[BF]|[A-Za-z0-9+/_-]{15}|\d{4}/i;

/** What is delimited comes before what is recognised by shape, so that a value is replaced whole. */
const RULES: readonly ((text: string) => string)[] = [
  redactPrivateKeys,
  redactUrlCredentials,
  redactKeyed,
  redactVendorKeys,
  redactEmails,
  redactCards,
  redactRandom,
];
