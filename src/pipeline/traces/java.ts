import type { Frame, StackTrace } from '../../domain/trace.ts';
import { type Draft, draft, traceOf } from './lines.ts';

/** `at java.base/java.util.List.of(List.java:5) ~[app.jar:1.0]`; after the class loader and the module comes the method. */
const FRAME = /^\s+at (?:[^\s(/]{0,200}\/){0,2}([\w$.<>-]{1,500})\(([^()]{1,300})\)(?: [~[].{0,300})?$/;
/** Only the JVM names a class, a method and a file without a folder. */
const SURE =
  /^\s+at [^\s(]{1,500}\((?:[\w$-]+\.(?:java|kt|kts|scala|groovy|clj)(?::\d+)?|Native Method|Unknown Source|<generated>)\)/;
const HEADER =
  /^(?:.{0,500}?[\s:])??(?:Exception in thread "[^"]{0,200}" )?((?:[a-z_][\w$]*\.)+[A-Z][\w$.]*)(?:: (.*)|)$/;
const LINK = /^\s*(Caused by|Suppressed|Wrapped by): (.*)$/;
const MORE = /^\s+\.\.\. (\d{1,6}) (?:more|common frames omitted)/;

function isJavaFrame(line: string): boolean {
  return SURE.test(line);
}

/**
 * A trace of the JVM (Java, Kotlin, Scala, Groovy), as `Throwable.printStackTrace`, Logback and Log4j print it. Frames that
 * a cause shares with the trace around it (`... 3 more`) are put back. Null when there is none.
 */
export function parseJava(lines: readonly string[]): StackTrace | null {
  const start = lines.findIndex(isJavaFrame);
  if (start === -1) return null;
  const root = headerOf(lines.slice(0, start));
  const open: Open[] = [{ error: root, indent: -1, around: [] }];
  for (const line of lines.slice(start)) readLine(open, line);
  return traceOf('java', root);
}

/** An error that is being read, how deep it stands, and the frames of the one around it. */
interface Open {
  readonly error: Draft;
  readonly indent: number;
  readonly around: readonly Frame[];
}

function readLine(open: Open[], line: string): void {
  const top = open.at(-1);
  if (top === undefined) return;
  const more = MORE.exec(line);
  const link = more === null ? LINK.exec(line) : null;
  if (more !== null) top.error.frames.push(...lastOf(top.around, Number(more[1])));
  else if (link !== null) openLink(open, line, link);
  else if (/^\s+at \S/.test(line)) top.error.frames.push(...frameOf(line));
  else if (top.error.frames.length === 0 && open.length > 1) top.error.message.push(line);
}

function lastOf(frames: readonly Frame[], count: number): readonly Frame[] {
  return count === 0 ? [] : frames.slice(-count);
}

function openLink(open: Open[], line: string, [, kind, text = '']: RegExpExecArray): void {
  const indent = line.length - line.trimStart().length;
  // A cause stands as deep as the error that it caused, a suppressed error one tab deeper.
  const deeper = kind === 'Suppressed' ? indent : indent + 1;
  while (open.length > 1 && (open.at(-1)?.indent ?? 0) >= deeper) open.pop();
  const owner = open.at(-1)?.error;
  if (owner === undefined || text.startsWith('[CIRCULAR REFERENCE')) return;
  const error = headerOf([text]);
  if (kind === 'Suppressed') owner.related.push(error);
  else if (owner.cause === null) owner.cause = error;
  open.push({ error, indent, around: owner.frames });
}

function headerOf(lines: readonly string[]): Draft {
  const at = lines.findLastIndex((line) => HEADER.test(line));
  const [, type = '', text = ''] = HEADER.exec(lines[at] ?? '') ?? [];
  if (at === -1) return plainHeader(lines);
  const made = draft(type, text);
  made.message.push(...lines.slice(at + 1));
  return made;
}

/** A class without a package, or a logger's line. */
function plainHeader(lines: readonly string[]): Draft {
  const [, type = 'Exception', text = lines.at(-1) ?? ''] =
    /^(?:Exception in thread "[^"]{0,200}" )?([A-Z][\w$]*)(?:: (.*)|)$/.exec(lines.at(-1) ?? '') ?? [];
  return draft(type, text);
}

function frameOf(line: string): readonly Frame[] {
  const [, called = '', where = ''] = FRAME.exec(line) ?? [];
  const dot = called.lastIndexOf('.');
  if (dot === -1) return [];
  const owner = called.slice(0, dot);
  const [name = '', row] = where.split(':');
  const method = called.slice(dot + 1).replace(/^lambda\$([\w$]{1,200})\$\d+$/, '$1');
  const known = /\.\w+$/.test(name);
  return [
    {
      file: known ? `${packageOf(owner)}${name}` : `${owner.replace(/\$.*$/, '').replaceAll('.', '/')}.java`,
      line: row === undefined || !/^\d+$/.test(row) ? null : Number(row),
      column: null,
      symbol: `${owner.slice(owner.lastIndexOf('.') + 1).replace(/\$.*$/, '')}.${method}`,
      inApp: known && !RUNTIME.test(called) && !/\$\$(?:FastClass|Enhancer|Lambda)/.test(called),
    },
  ];
}

/** The folder of a class's package, so that its file can be found in a repository. */
function packageOf(owner: string): string {
  const parts = owner.split('.');
  const type = parts.findIndex((part) => /^[A-Z]/.test(part));
  return parts
    .slice(0, type === -1 ? -1 : type)
    .map((part) => `${part}/`)
    .join('');
}

/** The platform, the languages and the frameworks that everybody installs. */
const RUNTIME =
  /^(?:javax?|jdk|sun|com\.sun|jakarta|kotlinx?|scala|groovy|clojure|akka|play\.(?:api|core)|android|androidx|dalvik|reactor|rx|io\.(?:netty|micrometer|vertx|undertow|grpc|quarkus|micronaut|reactivex|projectreactor|ktor)|org\.(?:springframework|apache|hibernate|junit|eclipse|jboss|mockito|slf4j|postgresql|gradle|glassfish|thymeleaf|codehaus)|com\.(?:fasterxml|google\.(?:common|inject|gson)|mysql|zaxxer|mongodb|netflix|android\.internal)|ch\.qos|net\.bytebuddy|okhttp3|retrofit2)\./;
