/** What stands in a secret's place; no rule matches it, so redacting twice changes nothing. */
export function placeholder(kind: string): string {
  return `<REDACTED:${kind}>`;
}

/**
 * Where a token may begin: not inside a word, but also right after a percent-escape or a JSON escape, whose last
 * character is a letter or digit (`%3Dghp_...`, `\nghp_...`).
 */
export const START = '(?:(?<![A-Za-z0-9_])|(?<=%[0-9A-Fa-f]{2})|(?<=\\\\[nrtbf]))';
