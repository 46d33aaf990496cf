import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DiagnosisView } from '../../contract/views.ts';
import type { Io } from '../context.ts';
import { wantsColor } from '../print.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Hyperlinks (OSC 8) are for terminals, and not where a person asked for plain text. */
export function wantsLinks({ stdout }: Pick<Io, 'stdout'>, env: Env): boolean {
  return stdout.isTTY && env['TERM'] !== 'dumb' && wantsColor(stdout, env);
}

/** Makes `file:line` of the suspects into hyperlinks to the checkout at `root`; the visible text stays as it is. */
export function linkedPlaces(
  lines: readonly string[],
  { suspects }: DiagnosisView,
  root: string,
): readonly string[] {
  const files = new Set(suspects.map(({ file }) => file));
  return lines.map((line) =>
    line.replaceAll(/([^\s`'"(]+):(\d+)/g, (shown: string, file: string, at: string) =>
      files.has(file)
        ? hyperlink(shown, `${pathToFileURL(join(root, file.replaceAll('/', sep))).href}#L${at}`)
        : shown,
    ),
  );
}

/** https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda */
function hyperlink(text: string, url: string): string {
  return `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
}
