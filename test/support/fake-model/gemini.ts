import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { listen } from '../listen.ts';
import { callOf, type Tool, toolSchema } from './calls.ts';
import { sendJson, textOf } from './http.ts';
import type { FakeModel, FakeModelOptions } from './server.ts';

const part = z.looseObject({ functionResponse: z.unknown().optional() });
const declaration = z.looseObject({
  name: z.string(),
  parameters: z.unknown().optional(),
  parametersJsonSchema: z.unknown().optional(),
});
const requestSchema = z.looseObject({
  contents: z.array(z.looseObject({ parts: z.array(part).default([]) })).default([]),
  tools: z.array(z.looseObject({ functionDeclarations: z.array(declaration).default([]) })).default([]),
  generationConfig: z.looseObject({ responseMimeType: z.string().default('') }).prefault({}),
});
type GeminiRequest = z.infer<typeof requestSchema>;

/** What its side questions (which model, who speaks next) are answered with. */
const SIDE = {
  complexity_reasoning: 'x',
  complexity_score: 1,
  reasoning: 'x',
  model_choice: 'flash',
  next_speaker: 'user',
};

/** The scripted model behind the wire of Gemini (`generateContent`, streamed or not), on loopback. It keeps no state. */
export async function fakeGemini(options: FakeModelOptions): Promise<FakeModel> {
  const requests: FakeModel['requests'][number][] = [];
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const [, model, method] = /models\/([^:]+):(\w+)/.exec(path) ?? [];
    if (model === undefined) return sendJson(response, 404, { error: { message: `no ${path}` } });
    if (method === 'countTokens') return sendJson(response, 200, { totalTokens: 10 });
    const asked = requestSchema.parse(JSON.parse(await textOf(request)));
    const tools = toolsOf(asked);
    requests.push({ path, model, tools: tools.map(({ name }) => name) });
    const answer = answerTo(asked, tools, options, model);
    if (method === 'generateContent') return sendJson(response, 200, answer);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`data: ${JSON.stringify(answer)}\n\n`);
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      sendJson(response, 400, { error: { code: 400, message: String(error), status: 'INVALID_ARGUMENT' } }),
    );
  });
  return { ...(await listen(server)), requests };
}

function toolsOf({ tools }: GeminiRequest): readonly Tool[] {
  return tools
    .flatMap(({ functionDeclarations }) => functionDeclarations)
    .map(({ name, parameters, parametersJsonSchema }) => {
      const schema = { name, parameters: parametersJsonSchema ?? parameters };
      return toolSchema.parse({ function: schema }).function;
    });
}

function answerTo(
  asked: GeminiRequest,
  tools: readonly Tool[],
  { steps, folder }: FakeModelOptions,
  model: string,
) {
  const wantsJson = asked.generationConfig.responseMimeType === 'application/json';
  const done = asked.contents
    .flatMap(({ parts }) => parts)
    .filter((one) => one.functionResponse !== undefined).length;
  const step =
    tools.length === 0 ? { say: 'ok' } : (steps[Math.min(done, steps.length - 1)] ?? { say: 'Done.' });
  const call = wantsJson ? null : callOf(step, tools, folder());
  const text = wantsJson ? JSON.stringify(SIDE) : 'say' in step ? step.say : null;
  const parts = [
    ...(text === null ? [] : [{ text }]),
    ...(call === null
      ? []
      : [{ functionCall: { id: `call_${done}`, name: call.name, args: call.arguments } }]),
  ];
  return {
    candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 20, totalTokenCount: 120 },
    modelVersion: model,
    responseId: `answer-${done}`,
  };
}
