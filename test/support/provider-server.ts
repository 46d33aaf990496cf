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
        body: JSON.parse(text) as Record<string, unknown>,
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

/** A completion with this content. */
export function says(content: string | null, model = 'model-as-answered'): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(completion(content, model));
  };
}

/** Empty lines first, as DeepSeek sends them while a request waits for its turn. */
export function saysAfterEmptyLines(content: string): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('\n\n\n');
    response.end(completion(content, 'model-as-answered'));
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

export const cut: Reply = (response) => response.destroy();

function completion(content: string | null, model: string): string {
  const message = { role: 'assistant', content, refusal: null };
  return JSON.stringify({
    id: 'c1',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, message, finish_reason: 'stop', logprobs: null }],
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
  });
}
