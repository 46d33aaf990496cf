/** Stands for what varies. */
export const MASK = '<*>';

const PART = String.raw`(?:<\*>|[\w$\u0080-\uffff])`;
/** One character of a path or URL, or a pair of brackets within it; a colon does not end it. */
const STEP = String.raw`(?:<\*>|\[[^\]\s]*\]|[^\s"'\x60<>()[\]{}|,;:]|:(?=[^\s:]))`;
const ITEM = String.raw`(?:<\*>|[^\s,()[\]{}"'<>]){1,80}`;

/** The pieces of a masked message, in the order in which they are tried; all else stands between them. */
export const PIECE = new RegExp(
  [
    String.raw`<REDACTED:[\w-]+>`,
    String.raw`(?:[A-Za-z]:|~|\.{1,2})?[\\/](?=[\w<.~\\/$-])${STEP}+`,
    String.raw`${PART}+(?:[.~@-]${PART}+)*(?:(?::\/)?[\\/]${STEP}*)?`,
    String.raw`\[${ITEM}(?:, ?${ITEM})+\]`,
    String.raw`"[^"]{1,200}"`,
    String.raw`(?<!\w)'[^']{1,200}'(?!\w)`,
    // What stands like a word: `->`, `****`, `()`.
    String.raw`(?<!\S)(?!\S*<\*>)(?:\(\)|\[\]|\{\}|[^\s\w"'()[\]{}\u0080-\uffff]{2,})(?!\S)`,
  ].join('|'),
  'g',
);

/** Is this piece a whole whose parts stand between marks: a quotation, a list in brackets? */
export function isWhole(piece: string): boolean {
  const code = piece.charCodeAt(0);
  return code === 34 || code === 39 || code === 91;
}

const FORMS = [
  // A digit or a secret was in it.
  String.raw`<\*>|^<REDACTED:`,
  // Paths, user@host; names of files and hosts.
  String.raw`^(?:[A-Za-z]:|~|\.{1,2})?[\\/]|.@.`,
  String.raw`.\.(?:exe|dll|so|jar|war|js|ts|py|rb|php|sh|log|txt|xml|json|ya?ml|conf|cfg|ini|html?|css|csv|sql|zip|t?gz|tar|pid|sock|tmp|lock|db)$`,
  String.raw`.\.(?:com|net|org|edu|gov|mil|arpa|local|lan|internal)$`,
];
const FORM = new RegExp(FORMS.join('|'));
const SAYING = /[\w\u0080-\uffff]|<\*>/;

/** Does a piece vary by its form: a path, a URL, an address, a file, hex? Other words vary where many were seen. */
export function isValue(piece: string): boolean {
  if (PLAIN.test(piece)) return LONG_HEX.test(piece);
  return SAYING.test(piece) && (FORM.test(piece) || isPath(piece));
}

const PLAIN = /^[A-Za-z_]+$/;
const LONG_HEX = /^[\da-fA-F]{8,}$/;

/** `a/b/c`, `a/b.c`, `a/b1`; not `read/write`. */
function isPath(piece: string): boolean {
  const slash = piece.search(/[\\/]/);
  return slash !== -1 && (/[.\d]/.test(piece) || /[\\/]/.test(piece.slice(slash + 1)));
}

/** A piece, what stands before it, and whether it varies. */
export interface Piece {
  readonly text: string;
  readonly gap: string;
  varies: boolean;
}

const DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)$/;
const UNIT =
  /^(?:[kKMGT]i?)?B$|^(?:ns|us|µs|ms|s|secs?|mins?|h|hrs?)$|^(?:UTC|GMT|[PMCE][SD]T|CES?T|[BJI]ST)$/;
const HEX = /^[\da-fA-F]{1,4}$/;
/** A host, a file, or a name in a package; `state.count:1` is a field and its value. */
const ADDRESS = /^[a-z_-]+(?:\.[a-z_-]+)+$|(?:\w\.){3}/;
const NAME = /^[A-Za-z]+\d$/;
const BLANK = /^,? +$/;
const BRACKET = /^ ?[[(]$/;

/** Is a piece part of the value behind it: of a date (`Sat Jul 1`), a hex address, or its name (`db.internal:80`)? */
export function leadsIn({ text }: Piece, value: Piece): boolean {
  const { gap } = value;
  if (gap === ':') return HEX.test(text) || ADDRESS.test(text);
  return (DATE.test(text) && BLANK.test(gap)) || (BRACKET.test(gap) && ADDRESS.test(text));
}

/** Is a piece part of the value before it: its unit (`12 KB`), more of a date or hex address, its name (`10.0.0.1 (db.x)`)? */
export function goesOn({ text, gap }: Piece): boolean {
  if (gap === ' ' || gap === '') return UNIT.test(text) || DATE.test(text);
  if (gap === ':') return HEX.test(text);
  return (BRACKET.test(gap) && ADDRESS.test(text)) || (DATE.test(text) && BLANK.test(gap));
}

/** `web1` with a value on both sides is one itself; elsewhere such names are told apart until they vary. */
export function isBetween({ text, gap }: Piece, after: Piece): boolean {
  return gap === ' ' && after.gap === ' ' && NAME.test(text);
}

/** Does the name of a user follow: `for user alice`, `invalid user bob`? */
export function isUserBehind(word: Piece, before: Piece | undefined): boolean {
  return word.text === 'user' && before !== undefined && OF_USER.test(before.text);
}

const OF_USER = /^(?:for|of|by|as|from|invalid|unknown|illegal)$/i;
