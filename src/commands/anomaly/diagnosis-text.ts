import type { DiagnosisView } from '../../contract/views.ts';

const NARROW = 40;

/** A diagnosis for a person, as lines of at most `columns` characters (code excerpts are cut, prose is wrapped). */
export function diagnosisText(diagnosis: DiagnosisView, columns: number): readonly string[] {
  const width = Math.max(NARROW, columns);
  const sections = [
    [headline(diagnosis)],
    wrap(diagnosis.root_cause, width, '  '),
    suspects(diagnosis, width),
    commits(diagnosis, width),
    why(diagnosis, width),
    ['Next', ...wrap(diagnosis.suggested_fix, width, '  ')],
    wrap(source(diagnosis), width, ''),
  ];
  return sections.filter((lines) => lines.length > 0).flatMap((lines, i) => (i < 2 ? lines : ['', ...lines]));
}

function headline({ verdict, sure, confidence }: DiagnosisView): string {
  const percent = `${Math.round(confidence * 100)}%`;
  switch (verdict) {
    case 'cause':
      return `Cause (${sure}, ${percent})`;
    case 'no_code_cause':
      return `No code cause (${sure}, ${percent}): no fix will be attempted`;
    case 'inconclusive':
      return 'Inconclusive';
  }
}

function suspects({ suspects: found }: DiagnosisView, width: number): readonly string[] {
  if (found.length === 0) return [];
  const [first, ...others] = found;
  const shown = first?.excerpt?.split('\n').map((line) => `     ${line}`.slice(0, width)) ?? [];
  const row = (s: DiagnosisView['suspects'][number], at: number) =>
    `  S${at + 1} ${s.file}:${s.line}${s.symbol === null ? '' : ` ${s.symbol}`}  (${s.why})`.slice(0, width);
  return [
    'Suspects',
    ...(first === undefined ? [] : [row(first, 0)]),
    ...shown,
    ...others.map((s, at) => row(s, at + 1)),
  ];
}

function commits({ suspect_commits: found }: DiagnosisView, width: number): readonly string[] {
  if (found.length === 0) return [];
  const rows = found.map((c, at) =>
    `  C${at + 1} ${c.sha.slice(0, 10)} ${c.date.slice(0, 10)} ${c.subject}  (${c.author}; ${c.why})`.slice(
      0,
      width,
    ),
  );
  return ['Commits', ...rows];
}

function why({ claims }: DiagnosisView, width: number): readonly string[] {
  if (claims.length === 0) return [];
  return [
    'Because',
    ...claims.flatMap(({ text, rests_on }) => wrap(`- ${text} [${rests_on.join(', ')}]`, width, '  ')),
  ];
}

function source({ ai_model: model, ai_note: note, cost }: DiagnosisView): string {
  if (model === 'offline' && note === null) return 'Diagnosed offline, without a model.';
  const money = cost.dollars === null ? 'price unknown' : `$${cost.dollars.toFixed(4)}`;
  const spent = `${cost.input_tokens + cost.output_tokens} tokens, ${money}, ${cost.seconds.toFixed(1)} s`;
  if (model !== 'offline') return `Explained by ${model} (${spent}).`;
  // Calls that brought nothing are paid too.
  const wasAsked = cost.seconds > 0 || (cost.dollars ?? 0) > 0;
  return `Diagnosed offline. Model: ${note ?? 'none'}${wasAsked ? ` (${spent})` : ''}.`;
}

function wrap(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = indent;
    for (const word of paragraph.split(' ')) {
      if (line.length + word.length + 1 > width && line.trim() !== '') {
        lines.push(line);
        line = indent;
      }
      line += line.trim() === '' ? word : ` ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
