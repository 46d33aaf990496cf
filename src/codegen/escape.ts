/**
 * Untrusted text for one line of Markdown on a forge: no HTML, no mention, no cross reference, no link, no table cell.
 * A zero-width joiner after `@` and `#` keeps the words readable and takes their effect.
 */
export function inlineText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]~]/g, '\\$&')
    .replace(/([@#])(?=[\w-])/g, '$1\u200d')
    .replace(/\bGH-(?=\d)/gi, 'GH\u200d-')
    .replace(/(https?|ftp):\/\//gi, '$1:\u200d//')
    .replace(/\bwww\./gi, 'www\u200d.')
    .trim();
}

/** Untrusted text in a fence longer than any run of backticks in it. */
export function fenced(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  const clean = text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '');
  return `${fence}text\n${clean}\n${fence}`;
}

/**
 * Untrusted text for a subject line or a commit message: one line that mentions nobody, closes no issue when it is
 * merged, and cannot pass for a trailer.
 */
export function plainText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/@(?=[\w-])/g, '(at)')
    .replace(/#(?=\d)/g, 'no. ')
    .replace(/\bGH-(?=\d)/gi, 'GH no. ')
    .replace(/\b([A-Za-z]+)-([A-Za-z-]+):(?=\s)/g, '$1 $2:')
    .replace(/\s+/g, ' ')
    .trim();
}
