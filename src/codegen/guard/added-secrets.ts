import { redact } from '../../domain/redact.ts';

const MAX_LINE = 4_000;

const URL_PASSWORD = /:\/\/[\w.-]+:(?!\$\{)[^\s/@'"`]{4,}@(?!localhost|127\.|example\.)/;

/**
 * Does a line of source code carry a secret? `redact` errs on hiding, as it must for logs; in code a hit counts only
 * when what it hid is a literal that looks like one, so that `const token = read(request)` may be written.
 */
export function hasSecret(line: string): boolean {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY/.test(line) || URL_PASSWORD.test(line)) return true;
  const hidden = redact(line);
  if (hidden === line) return false;
  return line.length > MAX_LINE || hits(line, hidden).some(isSecret);
}

interface Hit {
  readonly kind: string;
  readonly value: string;
  /** The last character before it that is no space. */
  readonly before: string;
}

/** What stood where the placeholders are: the kept parts are found again from left to right. */
function hits(line: string, hidden: string): readonly Hit[] {
  const found: Hit[] = [];
  const parts = hidden.split(/<REDACTED:([\w-]+)>/);
  let at = (parts[0] ?? '').length;
  for (let next = 1; next + 1 < parts.length; next += 2) {
    const kept = parts[next + 1] ?? '';
    const isLast = next + 2 >= parts.length;
    const end = isLast ? line.length - kept.length : line.indexOf(kept === '' ? '\n' : kept, at + 1);
    found.push({
      kind: parts[next] ?? '',
      value: line.slice(at, end === -1 ? undefined : end),
      before: line.slice(0, at).trimEnd().at(-1) ?? '',
    });
    at = (end === -1 ? line.length : end) + kept.length;
  }
  return found;
}

const EXAMPLE_EMAIL = /^git@|@([\w-]+\.)*(example(\.\w+)?|test|invalid|localhost)$/i;
/** Numbers that payment providers publish for tests. */
const TEST_CARD = /^(4111|4242|5555|5105|3782|6011)/;

function isSecret({ kind, value, before }: Hit): boolean {
  switch (kind) {
    case 'email':
      return !EXAMPLE_EMAIL.test(value);
    case 'card':
      return !TEST_CARD.test(value);
    case 'random':
      return isDense(value);
    case 'token':
    case 'password':
    case 'secret':
    case 'session':
      // A word may stand before it, as in `Bearer ...`.
      return /["'`=:]/.test(before) && value.split(/\s+/).some(isDense);
    default:
      return true;
  }
}

/** Long, of letters and several digits, without the dots, brackets and spaces of an expression. */
function isDense(value: string): boolean {
  const digits = value.match(/\d/g)?.length ?? 0;
  return value.length >= 12 && digits >= 2 && /[A-Za-z]/.test(value) && /^[\w+/=.~!@#$%^&*-]+$/.test(value);
}
