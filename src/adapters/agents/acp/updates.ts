import { relative, resolve } from 'node:path';
import { z } from 'zod';
import type { AgentProgress } from '../../../ports/agent.ts';
import { insideWorkspace } from './permission.ts';

const textBlock = z.looseObject({ type: z.literal('text'), text: z.string() });
const location = z.looseObject({ path: z.string() });
const planEntry = z.looseObject({ content: z.string() });
/** Of the whole session so far. */
const cost = z.looseObject({ amount: z.number().nonnegative(), currency: z.string() });
const diff = z.looseObject({ type: z.literal('diff'), path: z.string() });

/** A tool call as agents send it, in updates and in requests for permission; everything may be missing. */
const toolCallSchema = z.looseObject({
  toolCallId: z.string().catch('tool'),
  title: z.string().nullish().catch(null),
  kind: z.string().nullish().catch(null),
  status: z.string().nullish().catch(null),
  locations: z.array(location).nullish().catch(null),
  content: z.array(z.unknown()).nullish().catch(null),
  rawInput: z.unknown().optional(),
});
export type ToolCall = z.infer<typeof toolCallSchema>;

/** Field names under which agents put the path of the file they want to touch. */
const PATH_FIELDS = ['path', 'file_path', 'filePath', 'absolute_path', 'target_file', 'filepath'];

const TEXT_KEPT = 64 * 1024;

export interface Updates {
  /** One `session/update`; a kind that is not known says nothing. */
  readonly read: (update: unknown) => void;
  /** Says the last unfinished line. */
  readonly flush: () => void;
  /** Last 64 KiB of what the agent said. */
  readonly text: () => string;
  /** What the session has cost so far, as the agent tells; 0 where it does not. */
  readonly dollars: () => number;
}

type Tool = Extract<AgentProgress, { kind: 'tool' }>;

/** Turns the wire's updates into progress: text line by line, tools with all that is known of them so far. */
export function createUpdates(workspace: string, say: (progress: AgentProgress) => void): Updates {
  const tools = new Map<string, Tool>();
  let text = '';
  let line = '';
  let dollars = 0;

  function flush(): void {
    if (line.trim() !== '') say({ kind: 'message', text: line.trim() });
    line = '';
  }

  function hear(chunk: string): void {
    text = (text + chunk).slice(-TEXT_KEPT);
    const lines = (line + chunk).split('\n');
    const rest = lines.pop() ?? '';
    for (line of lines) flush();
    line = rest;
  }

  function seeTool(call: ToolCall): void {
    const tool = toolOf(call, tools.get(call.toolCallId), workspace);
    tools.set(tool.id, tool);
    say(tool);
  }

  return {
    read(update) {
      const parsed = updateSchema.safeParse(update);
      if (!parsed.success) return;
      const { data } = parsed;
      if (data.sessionUpdate === 'agent_message_chunk') return hear(data.content.text);
      if (data.sessionUpdate === 'usage_update') {
        if (data.cost?.currency === 'USD') dollars = data.cost.amount;
        return;
      }
      flush();
      if (data.sessionUpdate === 'plan') {
        return say({ kind: 'plan', entries: data.entries.map(({ content }) => content) });
      }
      seeTool(data);
    },
    flush,
    text: () => text,
    dollars: () => dollars,
  };
}

/** What a call says now stands for what it said before; paths add up. */
function toolOf(call: ToolCall, known: Tool | undefined, workspace: string): Tool {
  const paths = pathsOf(call).map((path) => shown(workspace, path));
  return {
    kind: 'tool',
    id: call.toolCallId,
    title: call.title ?? known?.title ?? '',
    toolKind: call.kind ?? known?.toolKind ?? 'other',
    status: call.status ?? known?.status ?? 'pending',
    paths: [...new Set([...(known?.paths ?? []), ...paths])],
  };
}

const updateSchema = z.discriminatedUnion('sessionUpdate', [
  z.looseObject({ sessionUpdate: z.literal('agent_message_chunk'), content: textBlock }),
  z.looseObject({ sessionUpdate: z.literal('usage_update'), cost: cost.nullish().catch(null) }),
  z.looseObject({ sessionUpdate: z.literal('plan'), entries: z.array(planEntry) }),
  toolCallSchema.extend({ sessionUpdate: z.enum(['tool_call', 'tool_call_update']) }),
]);

/** Every path that a tool call names: locations, diffs, and the usual fields of its raw input. */
export function pathsOf(call: ToolCall): readonly string[] {
  const located = (call.locations ?? []).map(({ path }) => path);
  const diffs = (call.content ?? []).flatMap((item) => {
    const parsed = diff.safeParse(item);
    return parsed.success ? [parsed.data.path] : [];
  });
  const raw = z.record(z.string(), z.unknown()).safeParse(call.rawInput);
  const input: Readonly<Record<string, unknown>> = raw.success ? raw.data : {};
  const named = PATH_FIELDS.map((field) => input[field]).filter((value) => typeof value === 'string');
  return [...new Set([...located, ...diffs, ...named])];
}

/** A tool call from unknown data; what cannot be read is missing. */
export function toolCallOf(value: unknown): ToolCall {
  return toolCallSchema.catch({ toolCallId: 'tool', rawInput: null }).parse(value);
}

function shown(workspace: string, path: string): string {
  return insideWorkspace(workspace, path) ? relative(workspace, resolve(workspace, path)) || '.' : path;
}
