/**
 * Text that has passed the one door (`redact`). Only `Redacted` text may be kept or leave the machine;
 * the brand cannot be made elsewhere.
 */
export type Redacted = string & { readonly __redacted: unique symbol };

/** Owned by the diagnosis helper: replaced with the real rules. */
export function redact(text: string): Redacted {
  return text as Redacted;
}
