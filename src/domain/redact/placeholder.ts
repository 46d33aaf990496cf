/** What is written in a secret's place. `kind` is lower case with underscores; `secret` is the text that goes. */
export type Mark = (kind: string, secret: string) => string;

/** One kind of secret: the text with each of them replaced by its mark. */
export type Rule = (text: string, mark: Mark) => string;

/** The mark of what is kept: it says the kind alone. No rule matches it, so redacting twice changes nothing. */
export const placeholder: Mark = (kind) => `<REDACTED:${kind}>`;

/** Any mark, ours or that of an exchange with a model, as the source of a pattern. */
export const ANY_MARK = '<(?:REDACTED:[a-z_]+|SECRET_[0-9]+)>';

/**
 * Where a token may begin: not inside a word, but also right after a percent-escape or a JSON escape, whose last
 * character is a letter or digit (`%3Dghp_...`, `\nghp_...`).
 */
export const START = '(?:(?<![A-Za-z0-9_])|(?<=%[0-9A-Fa-f]{2})|(?<=\\\\[nrtbf]))';
