import { redactEmails, redactUrlCredentials } from './redact/addresses.ts';
import { redactCards } from './redact/cards.ts';
import { encodedBy } from './redact/encoded.ts';
import { redactKeyed } from './redact/keyed.ts';
import { redactNeighbours } from './redact/neighbours.ts';
import { ownRules } from './redact/own-rules.ts';
import { type Mark, placeholder, type Rule } from './redact/placeholder.ts';
import { redactPrivateKeys } from './redact/private-keys.ts';
import { redactRandom } from './redact/random.ts';
import { redactVendorKeys } from './redact/vendor-keys.ts';

/**
 * Text that has passed the one door (`redact`). Only `Redacted` text may be kept or leave the machine;
 * the brand cannot be made elsewhere.
 */
export type Redacted = string & { readonly __redacted: unique symbol };

/**
 * The one door. Replaces secrets by `<REDACTED:kind>`: private keys, credentials in URLs, values of fields whose name
 * says secret (also in the field beside it), keys of common vendors, JWTs, e-mail addresses, card numbers, long random
 * tokens, and what a configuration adds; each plain, URL-encoded, JSON-escaped, or in base64. UUIDs, hashes, trace ids and
 * paths stay. Half a surrogate pair becomes U+FFFD, as any store would make it: what is kept is found again by what it was
 * kept as. Linear in the text's length, and a second pass changes nothing (docs/privacy.md says what is not recognised).
 */
export function redact(text: string): Redacted {
  return redactWith(text, placeholder);
}

/** The same with marks of one's own in place of the secrets: for what is sent and answered, never for what is kept. */
export function redactWith(text: string, mark: Mark): Redacted {
  const wellFormed = text.toWellFormed();
  const own = ownRules();
  const suspicious = SUSPICIOUS.test(wellFormed);
  if (!suspicious && own.length === 0) return wellFormed as Redacted;
  const built = NAMED.test(wellFormed) ? RULES : UNNAMED_RULES;
  const rules = own.length === 0 ? built : [...own, ...built];
  let out = wellFormed;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const before = out;
    out = rules.reduce((rest, rule) => rule(rest, mark), before);
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
  /@|%40|:\\?\/|%3A%2F|eyJ|-----BEGIN|pass|pwd|secret|token|key|auth|bearer|cookie|cred|csrf|sess|sid|sig|Q~|%2[BF]|[A-Za-z0-9+/_-]{15}|\d{4}/i;

/** A field whose name says secret has one of these in it. */
const NAMED = /pass|pwd|secret|token|key|auth|bearer|cookie|cred|csrf|sess|sid|sig/i;

/** What is delimited comes before what is recognised by shape, so that a value is replaced whole. */
const PLAIN: readonly Rule[] = [
  redactPrivateKeys,
  redactUrlCredentials,
  redactNeighbours,
  redactKeyed,
  redactVendorKeys,
  redactEmails,
  redactCards,
];
const RULES: readonly Rule[] = [...PLAIN, encodedBy([...PLAIN, redactRandom]), redactRandom];
const BY_NAME: readonly Rule[] = [redactNeighbours, redactKeyed];
const UNNAMED_RULES = RULES.filter((rule) => !BY_NAME.includes(rule));
