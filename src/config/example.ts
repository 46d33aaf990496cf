import { configShape, type Shape } from './problems.ts';

const WIDTH = 100;

/** Text of `vigilai.config.example.ts`: every option with its help and its default. A test keeps the file so. */
export function exampleConfig(): string {
  return `// Made from src/config/config.ts: every option, with its default. Copy what you want to change.
import type { Config } from 'vigilai';

export default {
${options(configShape(), '  ')}
} satisfies Config;
`;
}

/** Text of `docs/config.md`. A test keeps the file so. */
export function configPage(): string {
  const rows = leaves(configShape(), '').map(
    ([key, shape]) => `| \`${key}\` | ${shown(shape)} | ${shape.description ?? ''} |`,
  );
  return `${HEAD}\n| option | default | meaning |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

const HEAD = `# Configuration

\`vigilai.config.ts\` (or \`.js\`, \`.mjs\`, \`.json\`, \`.yaml\`) stands at the root of the workspace. Nothing is required:

\`\`\`ts
import type { Config } from 'vigilai';

export default {
  sources: [{ type: 'file', name: 'app', paths: ['logs/*.log'] }],
  automation: 'stage',
} satisfies Config;
\`\`\`

Strongest first: flags, \`VIGILAI_*\` variables, the workspace's file, your own \`config.ts\` in the XDG config folder
(\`vigilai config path\` prints where), defaults. Objects are merged, lists replace each other. A variable is named after its
option: \`VIGILAI_DETECTION_BUCKET_SECONDS=5\` is \`detection.bucketSeconds\`; lists are separated by commas, lists of
objects are JSON. Keys and tokens never stand in a configuration file: they come from the environment, or from the
file \`secrets\` (mode 0600, one \`NAME=value\` a line) beside your own configuration.

\`vigilai config show\` prints what holds, \`vigilai config validate\` checks it, and
[vigilai.config.example.ts](../vigilai.config.example.ts) has everything with its default.
`;

function shown(shape: Shape): string {
  const text = JSON.stringify(shape.default).replaceAll('|', '\\|');
  return text.length > 60 ? 'see the example' : `\`${text}\``;
}

function options(shape: Shape, indent: string): string {
  return Object.entries(shape.properties ?? {})
    .map(([key, inner]) =>
      [...comment(inner, indent), `${indent}${key}: ${value(inner, indent)},`].join('\n'),
    )
    .join('\n');
}

function comment(shape: Shape, indent: string): readonly string[] {
  const words = (shape.description ?? '').split(' ');
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}// ${word}`);
  }
  return lines;
}

function value(shape: Shape, indent: string): string {
  if (shape.properties === undefined) return literal(shape.default, indent);
  return `{\n${options(shape, `${indent}  `)}\n${indent}}`;
}

/** A value as TypeScript in the repository's own format. */
function literal(data: unknown, indent: string): string {
  if (Array.isArray(data)) return list(data, indent);
  if (typeof data === 'string') return `'${data}'`;
  if (typeof data !== 'object' || data === null) return JSON.stringify(data);
  const fields = Object.entries(data).map(([key, inner]) => `${key}: ${literal(inner, `${indent}  `)}`);
  const short = fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  if (short.length < 50 && !short.includes('\n')) return short;
  return `{\n${fields.map((field) => `${indent}  ${field},\n`).join('')}${indent}}`;
}

function list(items: readonly unknown[], indent: string): string {
  const inner = items.map((item) => literal(item, `${indent}  `));
  if (!inner.some((text) => text.includes('\n'))) return `[${inner.join(', ')}]`;
  return `[\n${inner.map((text) => `${indent}  ${text},\n`).join('')}${indent}]`;
}

function leaves(shape: Shape, path: string): readonly (readonly [string, Shape])[] {
  if (shape.properties === undefined) return [[path, shape]];
  return Object.entries(shape.properties).flatMap(([key, inner]) =>
    leaves(inner, path === '' ? key : `${path}.${key}`),
  );
}
