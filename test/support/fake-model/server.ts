import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Listening, listen } from '../listen.ts';
import { callOf, type ModelStep, type ToolCall, toolSchema } from './calls.ts';
import { sendJson, textOf } from './http.ts';

export interface FakeModel extends Listening {
  /** What was asked so far. */
  readonly requests: readonly Asked[];
}

interface Asked {
  readonly path: string;
  readonly model: string;
  readonly tools: readonly string[];
}

export interface FakeModelOptions {
  readonly steps: readonly ModelStep[];
  /** Absolute path of the folder that the agent works in, asked when it is needed. */
  readonly folder: () => string;
}

const requestSchema = z.looseObject({
  model: z.string().default(''),
  stream: z.boolean().default(false),
  tools: z.array(toolSchema).default([]),
  messages: z.array(z.looseObject({ role: z.string() })).default([]),
});
type ChatRequest = z.infer<typeof requestSchema>;

/**
 * A scripted model behind the chat completions wire of OpenAI (streamed or not), on loopback. It keeps no state: the
 * number of tool results in a request says which step is due, so retries and side questions (without tools) disturb
 * nothing.
 */
export async function fakeModel(options: FakeModelOptions): Promise<FakeModel> {
  const requests: Asked[] = [];
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (request.method === 'GET' && path.endsWith('/models')) {
      return sendJson(response, 200, { object: 'list', data: [{ id: 'fake-coder', object: 'model' }] });
    }
    if (!path.endsWith('/chat/completions'))
      return sendJson(response, 404, { error: { message: `no ${path}` } });
    const chat = requestSchema.parse(JSON.parse(await textOf(request)));
    requests.push({ path, model: chat.model, tools: chat.tools.map((tool) => tool.function.name) });
    answer(chat, response, options);
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      sendJson(response, 400, { error: { message: String(error) } }),
    );
  });
  return { ...(await listen(server)), requests };
}

function answer(chat: ChatRequest, response: ServerResponse, { steps, folder }: FakeModelOptions): void {
  const done = chat.messages.filter(({ role }) => role === 'tool').length;
  const step = steps[Math.min(done, steps.length - 1)] ?? { say: 'Done.' };
  const asked = chat.tools.length === 0 ? { say: 'ok' } : step;
  const call = callOf(
    asked,
    chat.tools.map((tool) => tool.function),
    folder(),
  );
  const text = 'say' in asked ? asked.say : null;
  if (chat.stream) stream(response, chat, { text, call, id: `call_${done}` });
  else sendJson(response, 200, whole(chat, { text, call, id: `call_${done}` }));
}

interface Turn {
  readonly text: string | null;
  readonly call: ToolCall | null;
  readonly id: string;
}

const USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

function toolCalls({ call, id }: Turn) {
  if (call === null) return undefined;
  const func = { name: call.name, arguments: JSON.stringify(call.arguments) };
  return [{ index: 0, id, type: 'function', function: func }];
}

function whole(chat: ChatRequest, turn: Turn): object {
  const message = { role: 'assistant', content: turn.text, tool_calls: toolCalls(turn) };
  const choice = { index: 0, message, finish_reason: turn.call === null ? 'stop' : 'tool_calls' };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: chat.model,
    choices: [choice],
    usage: USAGE,
  };
}

function stream(response: ServerResponse, chat: ChatRequest, turn: Turn): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const chunk = (delta: object, finish: string | null = null, more: object = {}) => {
    const choices = [{ index: 0, delta, finish_reason: finish }];
    const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: chat.model };
    response.write(`data: ${JSON.stringify({ ...head, choices, ...more })}\n\n`);
  };
  chunk({ role: 'assistant', content: '' });
  for (const piece of turn.text?.match(/[\s\S]{1,12}/g) ?? []) chunk({ content: piece });
  const calls = toolCalls(turn);
  if (calls !== undefined) chunk({ tool_calls: calls });
  chunk({}, calls === undefined ? 'stop' : 'tool_calls', { usage: USAGE });
  response.end('data: [DONE]\n\n');
}
