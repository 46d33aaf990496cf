import type { FileChange } from '../../ports/workspace.ts';
import { addedLines } from './added-lines.ts';

/** Ways out of a program, in the six languages: a fix brings none into a file that had none. */
const REACHES: readonly (readonly [pattern: RegExp, what: string])[] = [
  [
    new RegExp(
      [
        /\bfetch\s*\(\s*['"`]https?:|\bnew (WebSocket|XMLHttpRequest|EventSource)\b|\bnavigator\.sendBeacon\b/,
        /['"](node:)?(https?|http2|net|tls|dgram|dns|undici|axios|got|node-fetch|request|superagent)['"]/,
        /^\s*(import|from)\s+(requests|urllib3?|httpx|aiohttp|socket|http\.client|smtplib|ftplib)\b/,
        /"(net|net\/http|net\/rpc|net\/smtp|crypto\/tls)"/,
        /\bjava\.net\.(http\.|URL|Socket|HttpURLConnection|URI\.create\(.{0,40}\)\.toURL)|\bHttpClient\.new|\bnew (Socket|URL)\s*\(.{0,200}\)\.open/,
        /\brequire\s*\(?['"](net\/https?|open-uri|socket|faraday|httparty|rest-client)['"]|\bNet::HTTP\b|\bTCPSocket\b/,
      ]
        .map((pattern) => pattern.source)
        .join('|'),
    ),
    'the network',
  ],
  [
    new RegExp(
      [
        /['"](node:)?(child_process|worker_threads|cluster|vm)['"]|\beval\s*\(|\bnew Function\s*\(/,
        /\bos\.(system|popen|exec\w*|spawn\w*|fork)\b|\bsubprocess\.|^\s*import\s+(subprocess|pty|ctypes)\b|\b__import__\s*\(|\bexec\s*\(/,
        /"(os\/exec|plugin|syscall|unsafe)"|\bexec\.Command\b/,
        /\bProcessBuilder\b|\bRuntime\.getRuntime\(\)\.exec\b|\bScriptEngine\b/,
        /\b(Open3|Kernel)\.\w+|\binstance_eval\b|\bclass_eval\b|%x[{([]|\bsystem\s*\(?['"]|\bIO\.popen\b/,
      ]
        .map((pattern) => pattern.source)
        .join('|'),
    ),
    'other programs or made-up code',
  ],
];

/** Why a file may not reach out: it did not before. Test files may: they run without a network anyway. */
export function reachReason(change: FileChange): string | null {
  if (/(^|[./_])(tests?|specs?)([./_]|$)|__tests__/i.test(change.path)) return null;
  const added = addedLines(change);
  for (const [pattern, what] of REACHES) {
    if (!pattern.test(change.before ?? '') && added.some((line) => pattern.test(line))) {
      return `the change reaches out to ${what}, which the file did not do before; a person has to write that`;
    }
  }
  return null;
}
