import {
  goesOn,
  isBetween,
  isUserBehind,
  isValue,
  isWhole,
  leadsIn,
  MASK,
  PIECE,
  type Piece,
} from './values.ts';

/** A message as the words it is told by. */
export interface Words {
  /** `<*>` for each value; values side by side are one, however many there are. */
  readonly words: readonly string[];
  /** What stands before each word, and behind the last: one more than words. Marks do not tell messages apart. */
  readonly gaps: readonly string[];
}

/** Splits a message whose words with a digit are `<*>` already (mask.ts). Never throws; linear in the text's length. */
export function splitWords(masked: string): Words {
  return split(masked, true);
}

/** The text of words, for people. */
export function textOfWords({ words, gaps }: Words): string {
  let text = gaps[0] ?? '';
  for (let i = 0; i < words.length; i += 1) text += `${words[i]}${gaps[i + 1] ?? ''}`;
  return text.trim();
}

/** `open`: not within quotes or a list. */
function split(masked: string, open: boolean): Words {
  const pieces: Piece[] = [];
  let end = 0;
  for (let found = pieceAt(masked, 0); found !== null; found = pieceAt(masked, end)) {
    const [text] = found;
    const gap = spaced(masked.slice(end, found.index));
    pieces.push(isWhole(text) ? wholeOf(text, gap) : pieceOf(text, gap, open ? pieces.at(-1) : undefined));
    end = found.index + text.length;
  }
  widen(pieces);
  return joined(pieces, spaced(masked.slice(end)));
}

function pieceAt(masked: string, from: number): RegExpExecArray | null {
  PIECE.lastIndex = from;
  return PIECE.exec(masked);
}

function spaced(gap: string): string {
  return gap === ' ' || gap === '' ? gap : gap.replaceAll(/\s+/g, ' ');
}

/** Words that are part of the value beside them vary with it. */
function widen(pieces: readonly Piece[]): void {
  let after: Piece | null = null;
  for (const piece of pieces.toReversed()) {
    if (after?.varies === true) piece.varies ||= leadsIn(piece, after);
    after = piece;
  }
  for (const [at, piece] of pieces.entries()) piece.varies ||= isPart(piece, pieces, at);
}

function isPart(piece: Piece, pieces: readonly Piece[], at: number): boolean {
  const before = pieces[at - 1];
  if (before === undefined) return false;
  if (!before.varies) return isUserBehind(before, pieces[at - 2]);
  const after = pieces[at + 1];
  return goesOn(piece) || (after?.varies === true && isBetween(piece, after));
}

/** A quotation or list is one word: what is quoted may be of one word or of many. */
function wholeOf(found: string, gap: string): Piece {
  const inner = split(found.slice(1, -1), false);
  const text = `${found.charAt(0)}${textOfWords(inner)}${found.charAt(found.length - 1)}`;
  return { text, gap, varies: inner.words.length > 0 && inner.words.every((word) => word === MASK) };
}

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

function pieceOf(text: string, gap: string, before: Piece | undefined): Piece {
  // What is asked of a server is what the message is about: `GET /cart` is another one than `GET /login`.
  const isRoute = before !== undefined && gap === ' ' && text.startsWith('/') && METHOD.test(before.text);
  if (isRoute) return { text: text.replace(/\?.*/, ''), gap, varies: false };
  return { text, gap, varies: isValue(text) };
}

function joined(pieces: readonly Piece[], tail: string): Words {
  const words: string[] = [];
  const gaps: string[] = [];
  /** Brackets that were opened between values that are one now. */
  let open = 0;
  for (const { text, gap, varies } of pieces) {
    if (varies && words.at(-1) === MASK) {
      open = Math.max(0, open + bracketsIn(gap));
      continue;
    }
    gaps.push(withoutClosing(gap, open));
    words.push(varies ? MASK : text);
    open = 0;
  }
  gaps.push(withoutClosing(tail, open));
  return { words, gaps };
}

/** More opening than closing ones. */
function bracketsIn(gap: string): number {
  let open = 0;
  for (const char of gap) open += '([{<'.includes(char) ? 1 : ')]}>'.includes(char) ? -1 : 0;
  return open;
}

function withoutClosing(gap: string, open: number): string {
  return open === 0 ? gap : gap.replace(/^[)\]}>]+/, (closing) => closing.slice(open));
}
