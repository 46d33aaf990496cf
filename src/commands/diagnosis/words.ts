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

/** An item of evidence on one line: its title, and the first line of what it says where that is another. */
export function evidenceLabel({ title, text, kind }: DiagnosisView['context'][number]): string {
  const lines = text.split('\n');
  const said = kind === 'log' ? (lines.at(-1) ?? '') : (lines[0] ?? '');
  const more = lines.length > 1 && kind === 'log' ? `${lines.length} lines, the last: ` : '';
  return said === '' || title.includes(said) || said.includes(title)
    ? said || title
    : `${title}: ${more}${said}`;
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
