import type { ContextPlan, PlannedItem } from '../../domain/context-plan.ts';
import type { ContextItem } from '../../domain/diagnosis.ts';
import { type Redacted, redact } from '../../domain/redact.ts';
import type { Candidate } from './candidate.ts';
import { shorten } from './shorten.ts';
import { tokensOf } from './tokens.ts';
import { FLOOR } from './weights.ts';

const TITLE_TOKENS = 60;
/** `[E1] error (where it comes from): ` and the line end. */
const HEAD_TOKENS = 24;
/** Less than this of a text says nothing. */
const LEAST_TOKENS = 20;
/** No single item takes more of the budget, whatever it is worth. */
const LARGEST_SHARE = 0.3;
/** What all floors together may take of a small budget. */
const FLOORS_SHARE = 0.6;

/** A candidate behind the redaction door. */
interface Piece {
  readonly candidate: Candidate;
  readonly title: Redacted;
  readonly text: Redacted;
  readonly whole: number;
  /** Tokens that it has without any of its text. */
  readonly head: number;
  granted: number;
}

/**
 * Which evidence is told, within a budget of tokens (tokens.ts), and how much of each. First the best of each kind has its
 * floor, the anomaly itself before all; then all have what they need, by weight. What does not fit is shortened before it is
 * dropped. The same candidates give the same plan; all text of a plan has passed the redaction door.
 */
export function planContext(candidates: readonly Candidate[], budget: number): ContextPlan {
  const pieces = candidates.map(pieceOf);
  const byWorth = pieces.toSorted(
    (a, b) => b.candidate.weight - a.candidate.weight || (a.candidate.id < b.candidate.id ? -1 : 1),
  );
  const largest = Math.max(HEAD_TOKENS + LEAST_TOKENS, Math.floor(budget * LARGEST_SHARE));
  let left = budget;
  const grant = (piece: Piece, wanted: number): void => {
    const most = Math.min(wanted, piece.whole, largest, piece.granted + left);
    if (most < Math.min(piece.whole, piece.head + LEAST_TOKENS) || most <= piece.granted) return;
    left -= most - piece.granted;
    piece.granted = most;
  };
  const scale = Math.min(1, (budget * FLOORS_SHARE) / sum(Object.values(FLOOR)));
  for (const piece of bestOfEachKind(byWorth)) grant(piece, Math.floor(FLOOR[piece.candidate.kind] * scale));
  for (const piece of byWorth) grant(piece, piece.whole);
  const items = pieces.map((piece) => planned(piece, largest));
  return { budget, used: sum(items.map(({ tokens }) => tokens)), items };
}

/** What of a plan is told. */
export function toldItems({ items }: ContextPlan): readonly ContextItem[] {
  return items
    .filter(({ fate }) => fate !== 'left_out')
    .map(({ id, kind, title, text }) => ({ id, kind, title, text }));
}

function pieceOf(candidate: Candidate): Piece {
  const title = within(TITLE_TOKENS, redact(candidate.title.replaceAll('\n', ' ')), null);
  const text = redact(candidate.text);
  const head = HEAD_TOKENS + tokensOf(title);
  return { candidate, title, text, head, whole: head + tokensOf(text), granted: 0 };
}

function bestOfEachKind(byWorth: readonly Piece[]): readonly Piece[] {
  const seen = new Set<ContextItem['kind']>();
  return byWorth.filter(({ candidate }) => {
    if (seen.has(candidate.kind)) return false;
    seen.add(candidate.kind);
    return true;
  });
}

function planned({ candidate, title, text, whole, head, granted }: Piece, largest: number): PlannedItem {
  const { id, kind, time, weight, focus } = candidate;
  const base = { id, kind, title, time, weight, wholeTokens: whole };
  if (granted === 0) {
    const why = 'what is worth more took the budget';
    return { ...base, text: redact(''), tokens: 0, fate: 'left_out', why };
  }
  if (granted >= whole) return { ...base, text, tokens: whole, fate: 'taken', why: '' };
  const told = within(granted - head, text, focus);
  const why = granted >= largest ? 'no item may take more of the budget' : 'the rest of the budget was less';
  return { ...base, text: told, tokens: head + tokensOf(told), fate: 'shortened', why };
}

/** Shortened to so many tokens, and through the door again: a cut may leave what looks like a secret. */
function within(room: number, text: Redacted, focus: number | null): Redacted {
  for (let tokens = room; tokens >= 1; tokens = Math.floor(tokens * 0.8)) {
    const told = redact(shorten(text, tokens, focus));
    if (tokensOf(told) <= room) return told;
  }
  return redact('');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
