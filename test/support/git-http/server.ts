import { execFileSync, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listening, listen } from '../listen.ts';

export interface GitHttpOptions {
  /** Folder of bare repositories: `<root>/owner/name.git`. */
  readonly root: string;
  /** Login by token. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Logins that may not push. */
  readonly readOnly?: readonly string[];
}

/** Git smart HTTP on loopback through `git http-backend`, with tokens as GitHub takes them (`x-access-token:TOKEN`). */
export function serveGit(options: GitHttpOptions): Promise<Listening> {
  const backend = `${execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim()}/git-http-backend`;
  return listen(createServer((request, response) => answer(request, response, { ...options, backend })));
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { root, tokens, readOnly, backend }: GitHttpOptions & { readonly backend: string },
): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const basic = (request.headers.authorization ?? '').replace(/^Basic /i, '');
  const [name, token] = Buffer.from(basic, 'base64').toString().split(':');
  const login = name === 'x-access-token' ? tokens[token ?? ''] : undefined;
  if (login === undefined) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end('Unauthorized\n');
    return;
  }
  const push =
    url.pathname.endsWith('git-receive-pack') || url.searchParams.get('service') === 'git-receive-pack';
  if (push && readOnly?.includes(login)) {
    response.writeHead(403).end('Permission denied\n');
    return;
  }
  const env = cgiEnv(request, url, { root, login });
  const child = spawn(backend, [], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  relayCgi(child.stdout, response);
}

function cgiEnv(
  request: IncomingMessage,
  url: URL,
  { root, login }: { readonly root: string; readonly login: string },
): NodeJS.ProcessEnv {
  const { headers } = request;
  return {
    PATH: process.env['PATH'] ?? '',
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: url.pathname,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: headers['content-type'] ?? '',
    CONTENT_LENGTH: headers['content-length'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
    REMOTE_USER: login,
    REMOTE_ADDR: '127.0.0.1',
  };
}

/** A CGI answer: head lines, an empty line, the body. */
function relayCgi(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let head: Buffer | null = Buffer.alloc(0);
  output.on('data', (chunk: Buffer) => {
    if (head === null) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const lines = head.subarray(0, end).toString().split('\r\n');
    const fields = lines.map(
      (line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const,
    );
    const status = fields.find(([field]) => field.toLowerCase() === 'status')?.[1] ?? '200';
    response.writeHead(Number.parseInt(status, 10), Object.fromEntries(fields));
    response.write(head.subarray(end + 4));
    head = null;
  });
  output.on('end', () => response.end());
}
