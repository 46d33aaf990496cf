import type { DiagnosisView } from '../../contract/views.ts';

/** What text and Markdown say alike. */
export function headline({ verdict, sure, confidence }: DiagnosisView): string {
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

/** Claims that no hypothesis shows; offline all of them are said by the cause itself. */
export function otherClaims({ claims, hypotheses, ai_model: model }: DiagnosisView): DiagnosisView['claims'] {
  if (model === 'offline' && hypotheses.length > 0) return [];
  const shown = new Set(hypotheses.flatMap((one) => [...one.for, ...one.against]).map(({ text }) => text));
  return claims.filter(({ text }) => !shown.has(text));
}

/** Items that something rests on, those that are shown as suspects and commits aside, and how many others there are. */
export function citedItems(diagnosis: DiagnosisView): {
  readonly cited: DiagnosisView['context'];
  readonly others: number;
} {
  const { context, hypotheses, claims, suspects, suspect_commits: commits } = diagnosis;
  const all = [...claims, ...hypotheses.flatMap((one) => [...one.for, ...one.against])];
  const ids = new Set(['E1', ...all.flatMap(({ rests_on }) => rests_on)]);
  const shown = new Set([...suspects.map((_, at) => `S${at + 1}`), ...commits.map((_, at) => `C${at + 1}`)]);
  const rest = context.filter(({ id }) => !shown.has(id));
  const cited = rest.filter(({ id }) => ids.has(id));
  return { cited, others: rest.length - cited.length };
}

/** An item of evidence on one line: its title, and the first line of what it says where that is another. */
export function evidenceLabel({ title, text, kind }: DiagnosisView['context'][number]): string {
  const lines = text.split('\n');
  const said = kind === 'log' ? (lines.at(-1) ?? '') : (lines[0] ?? '');
  const more = lines.length > 1 && kind === 'log' ? `${lines.length} lines, the last: ` : '';
  return title.includes(said) || said.includes(title) ? title : `${title}: ${more}${said}`;
}

/** Who made it and what it cost. */
export function howMade({ ai_model: model, ai_note: note, cost }: DiagnosisView): string {
  if (model === 'offline' && note === null) return 'Diagnosed offline, without a model.';
  const money = cost.dollars === null ? 'price unknown' : `$${cost.dollars.toFixed(4)}`;
  const spent = `${cost.input_tokens + cost.output_tokens} tokens, ${money}, ${cost.seconds.toFixed(1)} s`;
  if (model !== 'offline') return `Explained by ${model} (${spent}).${note === null ? '' : ` ${note}.`}`;
  // Calls that brought nothing are paid too.
  const wasAsked = cost.seconds > 0 || (cost.dollars ?? 0) > 0;
  return `Diagnosed offline. Model: ${note ?? 'none'}${wasAsked ? ` (${spent})` : ''}.`;
}
