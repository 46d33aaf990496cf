/** Longest source text of a callee that is looked at: the end of a long chain of calls says what is called. */
const LONGEST = 400;
const PLAIN = /^(?:new |@)?[\w$#.]+$/;
/** `new Cart().pay`: a method of what was made. */
const ON_NEW = /^new [^]*\)\s*\.\s*[\w$]+\s*$/;

/**
 * The name of what is called, from the text before its arguments: `this.log.warn`, `new HttpError`, `@GetMapping`,
 * `log.atInfo.log` for `log.atInfo().log`. Empty where an expression is called that has no name.
 */
export function calleeOf(text: string): string {
  if (PLAIN.test(text)) return text;
  let name = text.slice(-LONGEST);
  if (ON_NEW.test(name)) name = name.slice('new '.length);
  for (let before = ''; before !== name; ) {
    before = name;
    name = name.replaceAll(/\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}|<[^<>]*>/g, '');
  }
  name = name.replaceAll(/\s*(?:\?\.|&\.|!\.|::|\.)\s*/g, '.').trim();
  return /(?:(?:^|\s)new |@)?[\p{L}_$][\p{L}\d_$#.]*[?!]?$/u.exec(name)?.[0].trim() ?? '';
}

/** The name without what it is called on: `warn` of `this.log.warn`. */
export function lastName(callee: string): string {
  return callee.slice(callee.lastIndexOf('.') + 1).replace(/^(?:new |@)/, '');
}
