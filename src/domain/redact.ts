import { RULES } from './redact-rules.ts';

/**
 * Text that has passed the one door (`redact`). Only `Redacted` text may be kept or leave the machine;
 * the brand cannot be made elsewhere.
 */
export type Redacted = string & { readonly __redacted: unique symbol };

/**
 * The one door through which text passes before it is kept or leaves: secrets become `<REDACTED:kind>`. Linear in the
 * text, idempotent, and cheap for clean text: a rule runs only when one of its cues occurs.
 */
export function redact(text: string): Redacted {
  const lower = text.toLowerCase();
  let out = text;
  for (const rule of RULES) {
    if (rule.cues.length > 0 && !rule.cues.some((cue) => lower.includes(cue))) continue;
    out = out.replace(rule.pattern, (...found: unknown[]) => rule.replace(found.map(String)));
  }
  return out as Redacted;
}

/** Would anything be taken out? */
export function hasSecret(text: string): boolean {
  return redact(text) !== text;
}
