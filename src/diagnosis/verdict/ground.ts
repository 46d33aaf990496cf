import type { Claim, ContextItem } from '../../domain/diagnosis.ts';
import { redact } from '../../domain/redact.ts';
import type { Graded, GroundKind } from './sureness.ts';

/** What speaks for a cause or against it, before it is held against the context. */
export interface Ground {
  readonly kind: GroundKind;
  readonly text: string;
  /** Ids of context items. */
  readonly restsOn: readonly string[];
  /** Words that the cited items must hold for the claim to be confirmed; empty where nothing shows it by itself. */
  readonly shown: readonly string[];
}

/** The grounds as claims. An id that is not in the context carries nothing, and a ground without any is dropped. */
export function graded(grounds: readonly Ground[], context: readonly ContextItem[]): readonly Graded[] {
  return grounds.flatMap((ground) => {
    const claim = claimOf(ground, context);
    return claim === null ? [] : [{ kind: ground.kind, claim }];
  });
}

export function claimOf(
  { text, restsOn, shown }: Omit<Ground, 'kind'>,
  context: readonly ContextItem[],
): Claim | null {
  const cited = context.filter(({ id }) => restsOn.includes(id));
  if (cited.length === 0) return null;
  const seen = bare(cited.map((item) => `${item.title}\n${item.text}`).join('\n'));
  const isShown = shown.length > 0 && shown.every((words) => seen.includes(bare(words)));
  return {
    text: redact(text),
    restsOn: restsOn.filter((id) => cited.some((item) => item.id === id)),
    sure: isShown ? 'confirmed' : 'likely',
  };
}

/** Letters and digits alone: quoting and escaping differ from log to log. */
function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
}
