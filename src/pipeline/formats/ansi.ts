const ESC = '\u001b';
/** Control sequences (ECMA-48, 5.4), and hyperlinks and titles (5.6), which BEL or ESC \\ ends. */
const SEQUENCE = new RegExp(
  String.raw`\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)|[@-Z\\^_])`,
  'g',
);
/** An ESC that its carrier wrote as text: `\u001b[`, `\x1b[`, and rsyslog's `#033[`. */
const ESCAPED = /(?:\\u001[bB]|\\x1[bB]|\\033|#033)\[[0-?]{0,64}[@-~]/g;

/** The text without colours and other terminal sequences. */
export function withoutColours(text: string): string {
  const bare = text.includes(ESC) ? text.replace(SEQUENCE, '') : text;
  return bare.includes('\\') || bare.includes('#') ? bare.replace(ESCAPED, '') : bare;
}

/** As above for text that was decoded already: only a real ESC counts. */
export function withoutEscapes(text: string): string {
  return text.includes(ESC) ? text.replace(SEQUENCE, '') : text;
}
