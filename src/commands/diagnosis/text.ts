import type { DiagnosisView } from '../../contract/views.ts';
import { clean, cutTo, widthOf, wrap } from '../../tui/text.ts';
import { evidenceLabel, headline, howMade, otherClaims } from './words.ts';

/** Wider prose is hard to read; code and tables take what there is. */
const WIDEST_PROSE = 100;
const NARROWEST = 40;

/** How the lines look; plain text for a pipe. */
export interface Page {
  readonly columns: number;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** A diagnosis for a person, as lines of at most `columns` characters: code and titles are cut, prose is wrapped. */
export function diagnosisText(diagnosis: DiagnosisView, page: Page): readonly string[] {
  const columns = Math.max(NARROWEST, page.columns);
  const sheet: Sheet = { ...page, columns, prose: Math.min(columns, WIDEST_PROSE) };
  const sections = [
    [page.bold(cutTo(headline(diagnosis), columns)), ...prose(diagnosis.root_cause, '  ', sheet)],
    hypotheses(diagnosis, sheet),
    ruledOut(diagnosis, sheet),
    because(diagnosis, sheet),
    suspects(diagnosis, sheet),
    commits(diagnosis, sheet),
    evidence(diagnosis, sheet),
    [page.bold('Next'), ...prose(diagnosis.suggested_fix, '  ', sheet)],
    prose(howMade(diagnosis), '', sheet).map(page.dim),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

interface Sheet extends Page {
  readonly prose: number;
}

/** Wrapped words, cleaned of what could drive the terminal; lines after the first are indented by `hang` more. */
function prose(text: string, indent: string, { prose: width }: Sheet, hang = ''): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = wrap(clean(paragraph), width - indent.length - hang.length);
    return lines.flatMap((line, i) => broken(`${indent}${i === 0 ? '' : hang}${line}`, width));
  });
}

/** A word that is longer than the line is cut into lines, since nothing may be lost of it. */
function broken(line: string, width: number): readonly string[] {
  const lines = [''];
  for (const sign of line) {
    const last = lines.at(-1) ?? '';
    if (widthOf(last) + widthOf(sign) > width) lines.push(sign);
    else lines[lines.length - 1] = last + sign;
  }
  return lines;
}

function hypotheses({ hypotheses: all }: DiagnosisView, sheet: Sheet): readonly string[] {
  const standing = all.filter(({ standing }) => standing !== 'ruled_out');
  if (standing.length === 0) return [];
  return [
    sheet.bold('Hypotheses'),
    ...standing.flatMap((one, at) => [
      ...prose(
        `${at + 1}. ${one.text}${one.standing === 'favoured' ? ' (favoured)' : ''}`,
        '  ',
        sheet,
        '   ',
      ),
      ...one.for.flatMap((claim) => claimLines('+', claim, sheet)),
      ...one.against.flatMap((claim) => claimLines('-', claim, sheet)),
    ]),
  ];
}

type ClaimView = DiagnosisView['claims'][number];

function claimLines(sign: string, { text, rests_on, sure }: ClaimView, sheet: Sheet): readonly string[] {
  const doubt = sure === 'likely' ? ', likely' : '';
  return prose(`${sign} ${text} [${rests_on.join(',')}${doubt}]`, '     ', sheet, '  ');
}

function ruledOut({ hypotheses: all }: DiagnosisView, sheet: Sheet): readonly string[] {
  const out = all.filter(({ standing }) => standing === 'ruled_out');
  if (out.length === 0) return [];
  return [
    sheet.bold('Ruled out'),
    ...out.flatMap((one) => [
      ...prose(one.text, '  ', sheet),
      ...one.against.flatMap(({ text, rests_on }) =>
        prose(`- ${text} [${rests_on.join(',')}]`, '     ', sheet, '  '),
      ),
    ]),
  ];
}

function because(diagnosis: DiagnosisView, sheet: Sheet): readonly string[] {
  const claims = otherClaims(diagnosis);
  if (claims.length === 0) return [];
  return [sheet.bold('Because'), ...claims.flatMap((claim) => claimLines('+', claim, sheet))];
}

function suspects({ suspects: found }: DiagnosisView, sheet: Sheet): readonly string[] {
  if (found.length === 0) return [];
  const row = (s: DiagnosisView['suspects'][number], at: number) =>
    cutTo(`  S${at + 1} ${clean(placeOf(s))}  (${clean(s.why)})`, sheet.columns);
  const code =
    found[0]?.excerpt?.split('\n').map((line) => cutTo(`     ${clean(line)}`, sheet.columns)) ?? [];
  const [first = '', ...others] = found.map(row);
  return [sheet.bold('Suspects'), first, ...code.map(sheet.dim), ...others];
}

function placeOf({ file, line, symbol }: DiagnosisView['suspects'][number]): string {
  return `${file}:${line}${symbol === null ? '' : ` ${symbol}`}`;
}

function commits({ suspect_commits: found }: DiagnosisView, sheet: Sheet): readonly string[] {
  if (found.length === 0) return [];
  const rows = found.map(({ sha, date, subject, author, why }, at) => {
    const text = `  C${at + 1} ${sha.slice(0, 10)} ${date.slice(0, 10)} ${subject}  (${author}; ${why})`;
    return cutTo(clean(text), sheet.columns);
  });
  return [sheet.bold('Commits'), ...rows];
}

/** What the ids stand for, those that are shown above aside. */
function evidence(
  { context, suspects: places, suspect_commits: shas }: DiagnosisView,
  sheet: Sheet,
): readonly string[] {
  const above = new Set([...places.map((_, at) => `S${at + 1}`), ...shas.map((_, at) => `C${at + 1}`)]);
  const items = context.filter(({ id }) => !above.has(id));
  if (items.length === 0) return [];
  const rows = items.map((item) =>
    cutTo(`  ${item.id.padEnd(3)}${item.kind.padEnd(8)}${clean(evidenceLabel(item))}`, sheet.columns),
  );
  return [sheet.bold('Evidence'), ...rows];
}
