/** Begins a record of its own: a date or a time of day near its beginning, a level, a JSON object, the words of logfmt. */
const RECORD =
  /^(?:[[<]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL|trace|debug|info|warn|warning)\b[\]>: ]|[DIWEF]\d{4} |\{"|<\d{1,3}>|\d{6} \d{6} |(?:time|ts|level|lvl|at)=|.{0,60}?(?:\d\d:\d\d:\d\d|\d{4}[-./]\d\d[-./]\d\d))/;

/** Is this line a record of its own, not the middle of one? */
export function isRecord(text: string): boolean {
  return RECORD.test(text) || COMPOSED.test(text);
}

/** `web-1  | ...`: docker compose names the service before each line. */
const COMPOSED = /^([\w.-]{1,64}) +\| /;
/** How far into a line its writer is looked for. */
const HEAD = 200;

const REQUEST = /\b(?:req|request|correlation|trace|span)(?:[-_]?id)?[=:]"?([\w.:-]{1,64})/i;
const PROCESS =
  /\b(?:thread|tid|pid)(?:[-_]?(?:id|name))?[=:] ?"?([\w.:-]{1,64})|#(\d{1,10})\]|[\w./-]{1,48}\[(\d{1,10})\]:/i;
const ANDROID = /^\d\d-\d\d \d\d:\d\d:\d\d\.\d+ +(\d+ +\d+) /;
/** `[main]`, `[pool-1-thread-7]`, `[4711]`, Rails' request id; not a time, a level or a place in the code. */
const BRACKETS = /\[([^\][]{1,64})\]/g;
const NO_WRITER =
  /^(?:\d{2,4}[-/:. ]\S|\d\d?\/|[A-Z][a-z]{2} |\s*(?:trace|debug|info|notice|warn|warning|error|err|severe|fatal|critical)\s*$|.*\.\w{1,5}:\d+$)/i;

/**
 * The thread, process or request that a record's own beginning names, or the service that docker compose does. Null for a
 * line that is no record or names none.
 */
export function writerOf(text: string): string | null {
  const head = text.length > HEAD ? text.slice(0, HEAD) : text;
  const composed = COMPOSED.exec(head)?.[1];
  if (composed !== undefined) return composed;
  if (!isRecord(head)) return null;
  return namedWriter(head) ?? bracketedWriter(head);
}

function namedWriter(head: string): string | null {
  const found = REQUEST.exec(head) ?? ANDROID.exec(head) ?? PROCESS.exec(head);
  return found?.slice(1).find((group) => group !== undefined) ?? null;
}

function bracketedWriter(head: string): string | null {
  for (const [, inside = ''] of head.matchAll(BRACKETS)) if (!NO_WRITER.test(inside)) return inside;
  return null;
}
