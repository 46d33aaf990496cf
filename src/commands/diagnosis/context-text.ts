import type { ContextView } from '../../contract/context-view.ts';
import { clean, table } from '../../tui/text.ts';

type Item = ContextView['items'][number];

const FATES: Readonly<Record<Item['fate'], string>> = {
  taken: 'taken',
  shortened: 'shortened',
  left_out: 'left out',
};

/** The plan of a context: a table of all evidence with what became of it, then the text of what is told. */
export function contextText(
  { items, budget_tokens, used_tokens }: ContextView,
  columns: number,
): readonly string[] {
  const rows = items.map((item) => [item.id, item.kind, tokensText(item), fateText(item), item.title]);
  const head = [
    { title: 'ID' },
    { title: 'KIND' },
    { title: 'TOKENS', right: true },
    { title: 'TOLD' },
    { title: 'WHAT', grows: true },
  ];
  const told = items.filter(({ fate }) => fate !== 'left_out');
  return [
    ...table(head, rows, columns),
    '',
    `${told.length} of ${items.length} items are told, in about ${used_tokens} of ${budget_tokens} tokens (diagnosis.contextTokens).`,
    ...told.flatMap(textOf),
  ];
}

function tokensText({ tokens, whole_tokens, fate }: Item): string {
  return fate === 'taken' ? `${tokens}` : `${tokens}/${whole_tokens}`;
}

function fateText({ fate, why }: Item): string {
  return why === '' ? FATES[fate] : `${FATES[fate]}: ${why}`;
}

function textOf({ id, title, time, text }: Item): readonly string[] {
  const when = time === null ? '' : ` (${time})`;
  return ['', `[${id}] ${clean(title)}${when}`, ...text.split('\n').map((line) => `  ${clean(line)}`)];
}
