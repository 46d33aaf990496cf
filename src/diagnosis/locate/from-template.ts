import type { Match, Repository } from '../../ports/repository.ts';
import type { Printed } from '../../ports/syntax.ts';
import type { Code } from './code.ts';
import { fitAmong, messageWords } from './message-fit.ts';
import { isAside } from './source-text.ts';
import type { Spot } from './spot.ts';
import { ASIDE, MESSAGE } from './weights.ts';

/** Shorter messages are found everywhere. */
const LEAST_LETTERS = 6;
/** Longest message that is compared, in words: what comes after is data. */
const MOST_WORDS = 60;
const MOST_SPOTS = 20;
/** Fits that differ by less are equally good. */
const SAME = 0.02;

const WHY: Readonly<Record<Printed['by'], string>> = {
  log: 'prints this message',
  throw: 'makes this error',
  text: 'holds the words of this message',
};

/**
 * The statement that prints a message: a logging call, an error that is made, or another text, whose constant parts cover
 * the template best. Where no source holds it, lines of other files that hold its longest part (translations, views).
 */
export async function fromTemplate(template: string, code: Code): Promise<readonly Spot[]> {
  const spots = fromPrinted(template, code, MESSAGE.fits);
  return spots.some(({ score }) => score >= MESSAGE.least) ? spots : fromLines(template, code.repository);
}

/** Texts that resemble a message that none of them prints: it may be put together of several, or by a library. */
export function fromSimilar(template: string, code: Code): readonly Spot[] {
  return fromPrinted(template, code, MESSAGE.resembles)
    .filter(({ score }) => score >= MESSAGE.least)
    .map((spot) => ({ ...spot, why: 'resembles this message' }));
}

/** Texts that fit at least that well, best first. */
function fromPrinted(template: string, { index }: Code, least: number): readonly Spot[] {
  const words = messageWords(template).slice(0, MOST_WORDS);
  if (lettersIn(words.join('')) < LEAST_LETTERS) return [];
  const places = [...index.outlines].flatMap(([file, { printed }]) =>
    printed.map((one) => ({ file, printed: one })),
  );
  const fit = fitAmong(places.map(({ printed }) => printed));
  const fitting = places
    .map(({ file, printed }) => ({ file, printed, fit: fit.of(words, printed) }))
    .filter(({ printed, fit: how }) => how >= least && lettersIn(printed.parts.join('')) >= LEAST_LETTERS)
    .toSorted((a, b) => b.fit - a.fit);
  const best = fitting[0]?.fit ?? 0;
  const rivals = fitting.filter((one) => one.fit > best - SAME && !isAside(one.file)).length;
  const rarity = Math.min(1, MESSAGE.telling / Math.max(1, rivals));
  return fitting
    .filter((one) => one.fit >= best * MESSAGE.kin)
    .map(({ file, printed: { by, line }, fit: how }) => ({
      file,
      line,
      symbol: null,
      score: how * MESSAGE[by] * rarity * (isAside(file) ? ASIDE : 1),
      why: WHY[by],
    }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_SPOTS);
}

async function fromLines(template: string, repository: Repository): Promise<readonly Spot[]> {
  const [longest] = constantsOf(template);
  if (longest === undefined) return [];
  const matches = await repository.grep(longest, 50);
  const rarity = Math.min(
    1,
    MESSAGE.telling / Math.max(1, matches.filter(({ file }) => !isAside(file)).length),
  );
  return matches.map(({ file, line }: Match) => ({
    file,
    line,
    symbol: null,
    score: MESSAGE.line * rarity * (isAside(file) ? ASIDE : 1),
    why: WHY.text,
  }));
}

/** Constant parts of a template, longest first, as they stand in a source: without quotes, numbers and wildcards. */
export function constantsOf(template: string): readonly string[] {
  return template
    .split(/<[*:\w]+>|["'`\\\n]|\b\d[\w.:-]*/)
    .map((part) => part.trim().replace(/^[=:,)\]}{[(\s]+|[=:,([{\s]+$/g, ''))
    .filter((part) => lettersIn(part) >= LEAST_LETTERS)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 4);
}

function lettersIn(text: string): number {
  return text.replaceAll(/[^\p{L}]/gu, '').length;
}
