import { placeholder } from '../domain/redact/placeholder.ts';
import { type Redacted, redactWith } from '../domain/redact.ts';

/**
 * One question to a model and its answer. In between a secret is `<SECRET_1>`, the same one always the same number, so
 * that a model can tell two apart and speak of one. The map lives in this object and nowhere else.
 */
export interface Exchange {
  /** What may be sent. */
  hide(text: string): Redacted;
  /**
   * An answer in the words that are kept: `<SECRET_1>` becomes `<REDACTED:kind>`. It never becomes the secret again: a model
   * that puts a password into a sentence of its own has taken away the name that gave it away.
   */
  restore(answer: string): string;
}

export function openExchange(): Exchange {
  const marks = new Map<string, string>();
  const kept = new Map<string, string>();
  const mark = (kind: string, secret: string): string => {
    const known = marks.get(secret);
    if (known !== undefined) return known;
    const made = `<SECRET_${marks.size + 1}>`;
    marks.set(secret, made);
    kept.set(made, placeholder(kind, secret));
    return made;
  };
  return {
    // What looks like one of our marks is telemetry's own text.
    hide: (text) => redactWith(text.replace(MARK, '<SECRET>'), mark),
    restore: (answer) => answer.replace(MARK, (made) => kept.get(made) ?? '<SECRET>'),
  };
}

const MARK = /<SECRET_\d+>/g;
