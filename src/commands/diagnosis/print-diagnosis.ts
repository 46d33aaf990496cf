import type { DiagnosisView } from '../../contract/views.ts';
import type { Context } from '../context.ts';
import { linkedPlaces, wantsLinks } from './link.ts';
import { diagnosisText } from './text.ts';

/** What stands around a diagnosis. */
export interface Around {
  /** What it is a diagnosis of, a line each. */
  readonly head: readonly string[];
  /** What to type next; null where there is nothing to type. */
  readonly command: string | null;
  /** The checkout that its files are in; null outside of one. */
  readonly root: string | null;
  readonly markdown: boolean;
}

/** As JSON, as Markdown, or as text with what to type at its end. */
export async function printDiagnosis(context: Context, view: DiagnosisView, around: Around): Promise<void> {
  const { print } = context;
  print.data(view);
  if (around.markdown) {
    const { diagnosisMarkdown } = await import('./markdown.ts');
    print.line(diagnosisMarkdown(view, around.command));
    return;
  }
  for (const line of around.head) print.line(line);
  for (const line of shownLines(context, view, around.root)) print.line(line);
  if (around.command !== null) print.line(`next: ${around.command}`);
}

/** The text of a diagnosis as this terminal shows it. */
export function shownLines(
  { print, io, program }: Context,
  view: DiagnosisView,
  root: string | null,
): readonly string[] {
  const lines = diagnosisText(view, {
    columns: print.columns,
    bold: (text) => print.paint('bold', text),
    dim: (text) => print.paint('dim', text),
  });
  return root !== null && wantsLinks(io, program.around.env) ? linkedPlaces(lines, view, root) : lines;
}
