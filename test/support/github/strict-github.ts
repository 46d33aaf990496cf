import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import addFormats from 'ajv-formats';
import { type Context, type Document, OpenAPIBackend } from 'openapi-backend';
import { type Listening, listen } from '../listen.ts';

const SLICE = fileURLToPath(new URL('../fixtures/github-slice.json', import.meta.url));

export interface StrictGithubOptions {
  /** `owner/name`. */
  readonly repository: string;
  /** Login by token. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly readOnly?: readonly string[];
  /** The plan of the repository knows draft pull requests. */
  readonly drafts?: boolean;
  /** Commit of a branch, null when there is none; usually asked of the bare repository that is pushed to. */
  readonly branch: (name: string) => string | null;
  /** Message of a commit, null when there is none. */
  readonly message: (sha: string) => string | null;
}

interface Pull {
  readonly number: number;
  readonly html_url: string;
  readonly state: 'open' | 'closed';
  readonly draft: boolean;
  title: string;
  body: string | null;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string };
  requested_reviewers: readonly { readonly login: string }[];
}

export interface StrictGithub extends Listening {
  readonly pulls: readonly Pull[];
  /** `METHOD path -> status` of every request so far. */
  readonly log: readonly string[];
  /** The next requests are answered like this, in order, whatever they ask. */
  failWith(...answers: readonly Reply[]): void;
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface State {
  readonly options: StrictGithubOptions;
  readonly pulls: Pull[];
  url: string;
}

const DOCS = 'https://docs.github.com/rest';

/**
 * A GitHub that is as strict as the real one where it matters: requests are checked against GitHub's own OpenAPI
 * description (a slice of it), tokens are checked, a branch must exist, one open pull request a branch, drafts only
 * where the plan has them.
 */
export async function strictGithub(options: StrictGithubOptions): Promise<StrictGithub> {
  const state: State = { options, pulls: [], url: '' };
  const log: string[] = [];
  const planned: Reply[] = [];
  const api = await apiOf(state);
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const { status, body: data, headers } = planned.shift() ?? (await answer(api, request, body));
    log.push(`${request.method} ${request.url} -> ${status}`);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(data ?? { message: `planned ${status}` }));
  }
  const server = createServer((request, response) => void serve(request, response));
  const listening = await listen(server);
  state.url = listening.url;
  return { ...listening, pulls: state.pulls, log, failWith: (...answers) => void planned.push(...answers) };
}

async function apiOf(state: State): Promise<OpenAPIBackend> {
  const api = new OpenAPIBackend<Document>({
    definition: SLICE,
    quick: true,
    coerceTypes: true,
    ajvOpts: { strict: false, logger: false },
    customizeAjv: (ajv) => {
      addFormats.default(ajv);
      ajv.addFormat('repo.nwo', true);
      return ajv;
    },
  });
  const handlers: Readonly<Record<string, (context: Context) => Reply>> = {
    'repos/get': () => ok({ full_name: state.options.repository, private: false }),
    'pulls/list': (context) => ok(listed(state, context)),
    'pulls/create': (context) => create(state, context),
    'pulls/get': (context) => withPull(state, context, (pull) => ok(pull)),
    'pulls/update': (context) =>
      withPull(state, context, (pull) => ok(Object.assign(pull, context.request.requestBody))),
    'pulls/request-reviewers': (context) => withPull(state, context, (pull) => askForReview(pull, context)),
    'git/get-commit': (context) => commit(state, context),
  };
  for (const [operation, handler] of Object.entries(handlers)) {
    api.register(operation, (context: Context) => entered(state, context) ?? handler(context));
  }
  api.register('notFound', () => notFound());
  api.register('validationFail', (context: Context) => invalid(JSON.stringify(context.validation.errors)));
  await api.init();
  return api;
}

async function answer(api: OpenAPIBackend, request: IncomingMessage, body: string): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  return (await api.handleRequest({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: body === '' ? undefined : JSON.parse(body),
  })) as Reply;
}

/** Who asks, and may they? Null when they may. */
function entered({ options }: State, { request, operation }: Context): Reply | null {
  const token = /^(?:token|bearer) (.+)$/i.exec(String(request.headers['authorization'] ?? ''))?.[1];
  const login = token === undefined ? undefined : options.tokens[token];
  if (login === undefined) return refuse(401, 'Bad credentials');
  const { owner, repo } = request.params;
  if (`${String(owner)}/${String(repo)}` !== options.repository) return notFound();
  const writes = operation.method !== 'get';
  return writes && options.readOnly?.includes(login) === true
    ? refuse(403, 'Resource not accessible by personal access token')
    : null;
}

function listed({ pulls, options }: State, { request }: Context): readonly Pull[] {
  const { state = 'open', head } = request.query as { state?: string; head?: string };
  const owner = options.repository.split('/')[0];
  return pulls.filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      (head === undefined || head === `${owner}:${pull.head.ref}`),
  );
}

interface NewPull {
  readonly title?: string;
  readonly head: string;
  readonly base: string;
  readonly body?: string;
  readonly draft?: boolean;
}

function create(state: State, { request }: Context): Reply {
  const { options, pulls, url } = state;
  const asked = request.requestBody as NewPull;
  const sha = options.branch(asked.head);
  if (asked.title === undefined) return invalid('missing_field title');
  if (sha === null) return invalid('', { resource: 'PullRequest', field: 'head', code: 'invalid' });
  if (options.branch(asked.base) === null || asked.base === asked.head) {
    return invalid('', { resource: 'PullRequest', field: 'base', code: 'invalid' });
  }
  if (asked.draft === true && options.drafts === false) {
    return refuse(422, 'Draft pull requests are not supported in this repository.');
  }
  if (pulls.some((pull) => pull.state === 'open' && pull.head.ref === asked.head)) {
    const owner = options.repository.split('/')[0];
    return invalid(`A pull request already exists for ${owner}:${asked.head}.`);
  }
  if ((asked.body ?? '').length > 65_536) return invalid('body is too long (maximum is 65536 characters)');
  const number = pulls.length + 1;
  const pull: Pull = {
    number,
    html_url: `${url}/${options.repository}/pull/${number}`,
    state: 'open',
    draft: asked.draft ?? false,
    title: asked.title,
    body: asked.body ?? null,
    head: { ref: asked.head, sha },
    base: { ref: asked.base },
    requested_reviewers: [],
  };
  pulls.push(pull);
  return { status: 201, body: pull };
}

function withPull({ pulls }: State, { request }: Context, then: (pull: Pull) => Reply): Reply {
  const pull = pulls.find(({ number }) => number === Number(request.params['pull_number']));
  return pull === undefined ? notFound() : then(pull);
}

function askForReview(pull: Pull, { request }: Context): Reply {
  const { reviewers = [] } = request.requestBody as { reviewers?: readonly string[] };
  if (reviewers.includes('author'))
    return refuse(422, 'Review cannot be requested from pull request author.');
  pull.requested_reviewers = reviewers.map((login) => ({ login }));
  return { status: 201, body: pull };
}

function commit({ options }: State, { request }: Context): Reply {
  const sha = String(request.params['commit_sha']);
  const message = options.message(sha);
  return message === null ? notFound() : ok({ sha, message });
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function notFound(): Reply {
  return refuse(404, 'Not Found');
}

function refuse(status: number, message: string): Reply {
  return { status, body: { message, documentation_url: DOCS, status: String(status) } };
}

function invalid(
  message: string,
  error: object = { resource: 'PullRequest', code: 'custom', message },
): Reply {
  return {
    status: 422,
    body: { message: 'Validation Failed', errors: [error], documentation_url: DOCS, status: '422' },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
