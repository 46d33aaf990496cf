import { loadFormats } from '../../pipeline/formats/load-formats.ts';
import type { Context } from '../context.ts';
import { type CountedTemplate, type FileTemplates, mineFile } from './mine-file.ts';

export interface TemplatesFlags {
  readonly out?: string;
}

/** `vigilai templates FILE`: its message templates, as detection would see them, with the workspace's formats. */
export async function templates(context: Context, file: string, { out }: TemplatesFlags): Promise<number> {
  const { print } = context;
  const { settings } = await context.place();
  const house = await context.house();
  const formats = await loadFormats(settings.formats);
  const found = await mineFile(house.readToEnd(file), formats, house.clock.now());
  if (out !== undefined) await house.writeText(out, csvOf(found));
  print.data(jsonOf(file, found));
  for (const line of table(found.templates)) print.line(line);
  const { lines, messages } = found;
  print.note(`${lines} lines, ${messages} messages, ${found.templates.length} templates`);
  return 0;
}

function table(found: readonly CountedTemplate[]): readonly string[] {
  const width = String(found[0]?.count ?? 0).length;
  return found.map(
    ({ count, level, text }) => `${String(count).padStart(width)}  ${(level ?? '-').padEnd(5)}  ${text}`,
  );
}

/** The `--json` document: snake_case. */
function jsonOf(file: string, { lines, messages, templates: found }: FileTemplates) {
  const rows = found.map(({ id, level, count, text }) => ({ template_id: id, level, count, template: text }));
  return { file, lines, messages, templates: rows };
}

const ROWS = 4096;

/** RFC 4180, one row a line of the file. */
async function* csvOf({ lines, ofLine }: FileTemplates): AsyncGenerator<string> {
  yield 'LineId,template\n';
  for (let from = 0; from < lines; from += ROWS) {
    const rows = Array.from({ length: Math.min(ROWS, lines - from) }, (_, i) => from + i);
    yield rows.map((line) => `${line + 1},${field(ofLine(line))}\n`).join('');
  }
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
