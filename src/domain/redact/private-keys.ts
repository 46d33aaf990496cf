import type { Mark } from './placeholder.ts';

const BEGIN = /-----BEGIN(?:[A-Z0-9 +]|%20){0,60}PRIVATE(?: |%20|\+)KEY(?:[A-Z +]|%20){0,20}-----/g;
const END = /-----END(?:[A-Z0-9 +]|%20){0,80}-----/g;

/** PEM private keys. One that is cut off takes the rest of the text with it. */
export function redactPrivateKeys(text: string, mark: Mark): string {
  let out = '';
  let from = 0;
  BEGIN.lastIndex = 0;
  for (let begin = BEGIN.exec(text); begin !== null; begin = BEGIN.exec(text)) {
    END.lastIndex = BEGIN.lastIndex;
    const end = END.exec(text);
    const to = end === null ? text.length : END.lastIndex;
    out += text.slice(from, begin.index) + mark('private_key', text.slice(begin.index, to));
    from = to;
    BEGIN.lastIndex = from;
  }
  return out + text.slice(from);
}
