import { fileURLToPath } from 'node:url';
import { eachMapping, TraceMap } from '@jridgewell/trace-mapping';
import { z } from 'zod';
import { codeLines } from './code-lines.ts';
import type { LineHits } from './line-hits.ts';
import { parseJson } from './parse-json.ts';

const range = z.object({ startOffset: z.number(), endOffset: z.number(), count: z.number() });

/** What one process leaves in the folder that `NODE_V8_COVERAGE` names. */
const reportSchema = z.object({
  result: z.array(z.object({ url: z.string(), functions: z.array(z.object({ ranges: z.array(range) })) })),
  /** Of scripts that were transformed before they ran. */
  'source-map-cache': z
    .record(z.string(), z.object({ lineLengths: z.array(z.number()), data: z.unknown() }))
    .catch({}),
});
type Script = z.infer<typeof reportSchema>['result'][number];
type SourceMap = z.infer<typeof reportSchema>['source-map-cache'][string];

const mapSchema = z.object({
  version: z.literal(3),
  sources: z.array(z.string()),
  names: z.array(z.string()),
  mappings: z.string(),
});

/**
 * Line hits of the scripts below `folder`, as V8 counted them: no comment in the code can take a line out. `read`
 * answers a file's text, null where it is gone.
 */
export function v8Hits(text: string, folder: string, read: (path: string) => string | null): LineHits {
  const parsed = reportSchema.safeParse(parseJson(text));
  const hits = new Map<string, ReadonlyMap<number, number>>();
  if (!parsed.success) return hits;
  for (const script of parsed.data.result) {
    const path = script.url.startsWith('file:') ? fileURLToPath(script.url) : '';
    if (!path.startsWith(`${folder}/`) || path.includes('/node_modules/')) continue;
    const map = parsed.data['source-map-cache'][script.url];
    const found = map === undefined ? ownLines(script, read(path)) : mappedLines(script, map, read);
    const file = found.source ?? path;
    hits.set(file, found.lines);
  }
  return hits;
}

interface Lines {
  /** Path of the source that was transformed; null when the script is its own. */
  readonly source: string | null;
  readonly lines: ReadonlyMap<number, number>;
}

function ownLines(script: Script, text: string | null): Lines {
  const counts = countsOf(script);
  const lines = codeLines(text ?? '').map(
    ({ line, start, end }) => [line, Math.max(0, ...counts.subarray(start, end))] as const,
  );
  return { source: null, lines: new Map(lines) };
}

/** A line of the source ran when any piece of it did. */
function mappedLines(
  script: Script,
  { data, lineLengths }: SourceMap,
  read: (path: string) => string | null,
): Lines {
  const map = mapSchema.safeParse(data);
  const source = map.data?.sources[0];
  if (!map.success || source === undefined) return { source: null, lines: new Map() };
  const path = fileURLToPath(new URL(source, script.url));
  const counts = countsOf(script);
  const starts = lineStarts(lineLengths);
  const code = new Set(codeLines(read(path) ?? '').map(({ line }) => line));
  const lines = new Map<number, number>();
  eachMapping(new TraceMap(map.data), ({ generatedLine, generatedColumn, originalLine, source: from }) => {
    if (from !== source || originalLine === null || !code.has(originalLine)) return;
    const count = counts[(starts[generatedLine - 1] ?? 0) + generatedColumn] ?? 0;
    lines.set(originalLine, Math.max(lines.get(originalLine) ?? 0, count));
  });
  return { source: path, lines };
}

/** How often each character ran. Ranges are nested: the inner ones are laid over the outer. */
function countsOf(script: Script): Float64Array {
  const ranges = script.functions
    .flatMap((one) => one.ranges)
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const counts = new Float64Array(Math.max(0, ...ranges.map(({ endOffset }) => endOffset)));
  for (const { count, startOffset, endOffset } of ranges) counts.fill(count, startOffset, endOffset);
  return counts;
}

function lineStarts(lengths: readonly number[]): readonly number[] {
  let start = 0;
  return lengths.map((length) => {
    const at = start;
    start += length + 1;
    return at;
  });
}
