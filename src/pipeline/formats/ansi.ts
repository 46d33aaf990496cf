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
  return mayBeEscaped(bare) ? bare.replace(ESCAPED, '') : bare;
}

/** Searching for plain text costs next to nothing, and most backslashes are of paths and quotes. */
function mayBeEscaped(text: string): boolean {
  if (text.includes('#033[')) return true;
  if (!text.includes('\\')) return false;
  return text.includes('\\u001') || text.includes('\\x1') || text.includes('\\033[');
}

/** As above for text that was decoded already: only a real ESC counts. */
export function withoutEscapes(text: string): string {
  return text.includes(ESC) ? text.replace(SEQUENCE, '') : text;
}
