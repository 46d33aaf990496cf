/**
 * About how many tokens a model makes of a text. No tokenizer is asked, since each provider has its own; the pieces that all
 * of them cut are counted: words by up to eight letters, digits and marks by three, line ends with the indentation behind
 * them, and each character outside of ASCII. docs/diagnosis.md says how near it comes.
 */
export function tokensOf(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECE)) tokens += tokensOfPiece(piece);
  return tokens;
}

const PIECE = /[A-Za-z]+|\d+|\n[ \t\n]*|[!-/:-@[-`{-~]+|\P{ASCII}/gu;

function tokensOfPiece(piece: string): number {
  const code = piece.charCodeAt(0);
  if (code > 127 || piece.startsWith('\n')) return 1;
  return Math.ceil(piece.length / (/^[A-Za-z]/.test(piece) ? 8 : 3));
}
