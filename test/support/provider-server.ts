import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listening, listen } from './listen.ts';

export interface Sent {
  readonly authorization: string | undefined;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Reply = (response: ServerResponse) => void;

export interface ProviderServer extends Listening {
  readonly sent: readonly Sent[];
}

/** A model provider on loopback that gives one reply a request, the last one again and again. */
export async function providerServer(replies: readonly Reply[]): Promise<ProviderServer> {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const reply = replies[Math.min(sent.length, replies.length - 1)];
      sent.push({
        authorization: request.headers.authorization,
        path: request.url ?? '',
        body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
      });
      reply?.(response);
    });
  });
  return { ...(await listen(server)), sent };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

interface Completion {
  readonly model?: string;
  readonly finish?: string;
  readonly refusal?: string;
  /** What DeepSeek thinks aloud beside the content. */
  readonly reasoning?: string;
  /** Null for a server that does not count. */
  readonly usage?: null;
}

/** A completion with this content. */
export function says(content: string | null, more: Completion = {}): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(completion(content, more));
  };
}

/** Any JSON, as `GET /models` answers it. */
export function json(body: unknown): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

/** Empty lines first, as DeepSeek sends them while a request waits for its turn. */
export function saysAfterEmptyLines(content: string): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('\n\n\n');
    response.end(completion(content, {}));
  };
}

export function status(code: number, message = 'no', headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message, type: 'invalid_request_error' } }));
  };
}

export function page(code: number): Reply {
  return (response) => {
    response.writeHead(code, { 'content-type': 'text/html' });
    response.end('<html>Bad gateway</html>');
  };
}

/** Never answers. */
export const silence: Reply = () => {};

/** Keeps the connection alive with empty lines for ever. */
export const emptyLinesForEver: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write('\n'), 20);
  response.on('close', () => clearInterval(timer));
};

/** DeepSeek closes what it did not begin to answer in ten minutes. */
export const closesAfterEmptyLines: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('\n\n\n');
};

export const cut: Reply = (response) => response.destroy();

/** Replies after which nothing more comes: only a deadline ends the call. */
export const HANGING: ReadonlySet<Reply> = new Set([silence, emptyLinesForEver]);

function completion(content: string | null, more: Completion): string {
  const { model = 'model-as-answered', finish = 'stop', refusal = null, reasoning } = more;
  const message = { role: 'assistant', content, refusal, reasoning_content: reasoning };
  return JSON.stringify({
    id: 'c1',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, message, finish_reason: finish, logprobs: null }],
    usage:
      more.usage === null ? undefined : { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
  });
}
