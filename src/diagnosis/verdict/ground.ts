import type { Claim, ContextItem } from '../../domain/diagnosis.ts';
import { redact } from '../../domain/redact.ts';
import type { Graded, GroundKind } from './sureness.ts';

/** What speaks for a cause or against it, before it is held against the context. */
export interface Ground {
  readonly kind: GroundKind;
  readonly text: string;
  /** Ids of context items. */
  readonly restsOn: readonly string[];
  /** What the items must hold for the claim to be confirmed; empty where nothing shows it by itself. */
  readonly shown: readonly Shown[];
}

/** Words that one of these items must hold. */
export interface Shown {
  readonly words: string;
  readonly by: readonly string[];
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
  const isShown = shown.length > 0 && shown.every((one) => isHeld(one, cited));
  return {
    text: redact(text),
    restsOn: restsOn.filter((id) => cited.some((item) => item.id === id)),
    sure: isShown ? 'confirmed' : 'likely',
  };
}

function isHeld({ words, by }: Shown, cited: readonly ContextItem[]): boolean {
  return cited.some(
    ({ id, title, text }) => by.includes(id) && bare(`${title}\n${text}`).includes(bare(words)),
  );
}

/** Letters and digits alone: quoting and escaping differ from log to log. */
function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
}
