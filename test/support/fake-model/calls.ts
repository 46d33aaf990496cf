import { z } from 'zod';

/** One thing that the scripted model does in its turn. */
export type ModelStep =
  | { readonly say: string }
  | { readonly read: string }
  | { readonly write: { readonly path: string; readonly content: string } }
  | { readonly shell: string };

export const toolSchema = z.object({
  function: z.looseObject({
    name: z.string(),
    parameters: z
      .looseObject({
        properties: z.record(z.string(), z.looseObject({ type: z.unknown().optional() })).default({}),
        required: z.array(z.string()).default([]),
      })
      .default({ properties: {}, required: [] }),
  }),
});
export type Tool = z.infer<typeof toolSchema>['function'];

export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

const NAMES = {
  read: ['read', 'read_file', 'Read', 'fs_read'],
  write: ['write', 'write_file', 'Write', 'fs_write', 'create_file'],
  shell: ['bash', 'shell', 'run_shell_command', 'Bash', 'execute_command'],
} as const;
const PATHS = ['filePath', 'file_path', 'path', 'absolute_path', 'target_file'];
const BODIES = ['content', 'contents', 'file_text', 'new_content'];
const COMMANDS = ['command', 'cmd', 'script'];

/**
 * The step as a call of one of the tools that the agent offers, with the arguments under the names that its schema
 * uses. Null for a step that only speaks. @throws when the agent offers no such tool.
 */
export function callOf(step: ModelStep, tools: readonly Tool[], folder: string): ToolCall | null {
  if ('say' in step) return null;
  if ('shell' in step) {
    const tool = find(tools, NAMES.shell);
    const filled = tool.parameters.required.map((field) => [field, filler(tool, field)]);
    return call(tool, { ...Object.fromEntries(filled), [named(tool, COMMANDS)]: step.shell });
  }
  if ('read' in step) {
    const tool = find(tools, NAMES.read);
    return call(tool, { [named(tool, PATHS)]: `${folder}/${step.read}` });
  }
  const tool = find(tools, NAMES.write);
  const { path, content } = step.write;
  return call(tool, { [named(tool, PATHS)]: `${folder}/${path}`, [named(tool, BODIES)]: content });
}

function find(tools: readonly Tool[], names: readonly string[]): Tool {
  const tool = tools.find(({ name }) => names.includes(name));
  if (tool === undefined)
    throw new Error(`none of ${names.join(', ')} in ${tools.map(({ name }) => name).join(', ')}`);
  return tool;
}

function named(tool: Tool, names: readonly string[]): string {
  return Object.keys(tool.parameters.properties).find((field) => names.includes(field)) ?? names[0] ?? '';
}

function filler(tool: Tool, field: string): unknown {
  const type = tool.parameters.properties[field]?.['type'];
  return type === 'boolean' ? false : type === 'number' ? 60_000 : 'scripted step';
}

function call(tool: Tool, args: Readonly<Record<string, unknown>>): ToolCall {
  return { name: tool.name, arguments: args };
}
