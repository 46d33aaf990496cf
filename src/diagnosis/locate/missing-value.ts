/** How runtimes say that a value was missing, with what was asked of it. */
const ASKED = [
  /Cannot read propert(?:y|ies) (?:'([\w$]+)' )?of (?:undefined|null)(?: \(reading '([\w$]+)'\))?/,
  /(?:undefined|null) is not an object \(evaluating '[^']*\.([\w$]+)'\)/,
  /'NoneType' object has no attribute '(\w+)'/,
  /undefined method [`'](\w+[?!]?)'? for nil/,
  /Cannot invoke "(?:[\w.$]+\.)?(\w+)\(|Cannot read field "(\w+)"/,
];
const NOTHING =
  /'NoneType' object is not|object of type 'NoneType'|undefined method [`']\[\]'? for nil|is not iterable|nil pointer dereference|NullPointerException|Cannot (?:load from|store to|read the array length|unbox|destructure)|is not a function/;
/** Java says what returned it: `because the return value of "shop.Vouchers.find(String)" is null`. */
const RETURNED = /because the return value of "([\w.$]+)\(/;

/** What a message says of a value that was missing. */
export interface MissingValue {
  /** The member that was asked of it; null where the message does not say. */
  readonly asked: string | null;
  /** The function that returned it, `Vouchers.find`; null where the message does not say. */
  readonly returnedBy: string | null;
}

/** Null where a message speaks of something else. */
export function missingValueIn(message: string): MissingValue | null {
  const returnedBy = RETURNED.exec(message)?.[1]?.split('.').slice(-2).join('.') ?? null;
  for (const pattern of ASKED) {
    const found = pattern.exec(message);
    if (found !== null) return { asked: found.slice(1).find((one) => one !== undefined) ?? null, returnedBy };
  }
  return NOTHING.test(message) || returnedBy !== null ? { asked: null, returnedBy } : null;
}

/** The names that may have been missing at a line: those that were asked for the member, `voucher` of `voucher.percent`. */
export function missingNames(line: string, { asked }: MissingValue): readonly string[] {
  if (asked === null) return [...line.matchAll(/([\w$]+)\s*(?:\??\.|\[)/g)].map(([, name = '']) => name);
  const escaped = asked.replaceAll(/[^\w]/g, (sign) => `\\${sign}`);
  const before = new RegExp(
    `([\\w$]+)(?:\\([^()]*\\)|\\[[^\\[\\]]*\\])*\\s*(?:[?!&]?\\.|\\[['"\`:])${escaped}`,
    'g',
  );
  return [...line.matchAll(before)].map(([, name = '']) => name);
}
