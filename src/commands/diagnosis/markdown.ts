import { fenced, inlineText } from '../../codegen/escape.ts';
import type { DiagnosisView } from '../../contract/views.ts';
import { evidenceLabel, headline, howMade, otherClaims } from './words.ts';

/**
 * A diagnosis to be pasted into an issue or a chat. Whatever telemetry, code, history or a model wrote is escaped or stands
 * in code: it mentions nobody, links nowhere and draws nothing.
 */
export function diagnosisMarkdown(diagnosis: DiagnosisView, command: string | null): string {
  const sections = [
    [`### ${headline(diagnosis)}`, '', inline(diagnosis.root_cause)],
    titled('Hypotheses', hypotheses(diagnosis)),
    titled('Ruled out', ruledOut(diagnosis)),
    titled(
      'Because',
      otherClaims(diagnosis).map((claim) => `- ${claimText(claim)}`),
    ),
    titled('Suspects', suspects(diagnosis)),
    titled('Commits', commits(diagnosis)),
    titled('Evidence', evidence(diagnosis)),
    titled('Next', [inline(diagnosis.suggested_fix), ...(command === null ? [] : ['', code(command)])]),
    [`_${inline(howMade(diagnosis))}_`],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`**${title}**`, '', ...lines];
}

function hypotheses({ hypotheses: all }: DiagnosisView): readonly string[] {
  return all
    .filter(({ standing }) => standing !== 'ruled_out')
    .flatMap((one, at) => [
      `${at + 1}. ${inline(one.text)}${one.standing === 'favoured' ? ' **favoured**' : ''}`,
      ...one.for.map((claim) => `   - for: ${claimText(claim)}`),
      ...one.against.map((claim) => `   - against: ${claimText(claim)}`),
    ]);
}

function ruledOut({ hypotheses: all }: DiagnosisView): readonly string[] {
  return all
    .filter(({ standing }) => standing === 'ruled_out')
    .map(({ text, against }) => `- ${[inline(text), ...against.map(claimText)].join(' ')}`);
}

function claimText({ text, rests_on: ids, sure }: DiagnosisView['claims'][number]): string {
  return `${inline(text)} (${[...ids, ...(sure === 'likely' ? ['likely'] : [])].map(inline).join(', ')})`;
}

function suspects({ suspects: found }: DiagnosisView): readonly string[] {
  const rows = found.map(({ file, line, symbol, why }, at) => {
    const place = code(`${file}:${line}`);
    return `- S${at + 1} ${place}${symbol === null ? '' : ` ${inline(symbol)}`}: ${inline(why)}`;
  });
  const excerpt = found[0]?.excerpt;
  return excerpt === null || excerpt === undefined ? rows : [...rows, '', fenced(excerpt)];
}

function commits({ suspect_commits: found }: DiagnosisView): readonly string[] {
  return found.map(
    ({ sha, date, subject, author, why }, at) =>
      `- C${at + 1} ${code(sha.slice(0, 10))} ${date.slice(0, 10)} ${inline(subject)} (${inline(author)}; ${inline(why)})`,
  );
}

function evidence({ context }: DiagnosisView): readonly string[] {
  return context
    .filter(({ kind }) => kind !== 'code' && kind !== 'commit')
    .map((item) => `- ${item.id} ${item.kind}: ${code(evidenceLabel(item).slice(0, 200))}`);
}

/** Words with their code in backticks kept as code, if every backtick has its other half. */
function inline(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return inlineText(text);
  return parts
    .map((part, at) => (at % 2 === 1 ? code(part) : part === '' ? ' ' : spaced(part)))
    .join('')
    .trim();
}

/** Escaped, with a space where there was one, which escaping takes away. */
function spaced(text: string): string {
  return `${/^\s/.test(text) ? ' ' : ''}${inlineText(text)}${/\S\s+$/.test(text) ? ' ' : ''}`;
}

/** Untrusted text as code on one line: nothing in it has an effect. */
function code(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069`]+/gu, ' ').trim();
  return plain === '' ? '' : `\`${plain}\``;
}
