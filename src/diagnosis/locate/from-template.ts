import type { Match, Repository } from '../../ports/repository.ts';
import { isAside } from './source-text.ts';
import type { Spot } from './spot.ts';

/** Shorter texts are found everywhere. */
const LEAST_LETTERS = 6;
/** Texts that stand in more places than that say little about any of them. */
const TELLING = 5;
/** Searches at most: a message has few parts, a stack of text has many. */
const MOST_SEARCHES = 16;
const PRINTS =
  /\b(?:log(?:ger|ging)?|console|print(?:f|ln)?|puts|warn(?:ing)?|error|info|debug|fatal|throw|raise|panic|fmt|slog|Error|Exception)\b/;

/**
 * The statement that prints a message: where the constant parts of its template stand in a logging call or a throw.
 * Longer parts are looked for first; words at their ends may come from elsewhere (a level, a prefix, a joined string), so
 * they are dropped one after the other.
 */
export async function fromTemplate(template: string, repository: Repository): Promise<readonly Spot[]> {
  const constants = constantsOf(template);
  const searches = [...constants, ...constants.flatMap(shortened)].slice(0, MOST_SEARCHES);
  for (const literal of searches) {
    const matches = await repository.grep(literal, 50);
    const rarity = Math.min(1, TELLING / Math.max(1, matches.filter(({ file }) => !isAside(file)).length));
    if (matches.length > 0) return matches.map((match) => spotOf(match, constants, literal, rarity));
  }
  return [];
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

/** The text without a few words at its ends, longest first. */
function shortened(constant: string): readonly string[] {
  const words = constant.split(/\s+/);
  const shorter: string[] = [];
  for (let size = words.length - 1; size >= Math.max(2, words.length - 3); size -= 1) {
    for (let from = 0; from + size <= words.length; from += 1) {
      shorter.push(words.slice(from, from + size).join(' '));
    }
  }
  return shorter.filter((text) => lettersIn(text) > LEAST_LETTERS);
}

function spotOf(match: Match, constants: readonly string[], literal: string, rarity: number): Spot {
  const held = constants.filter((one) => match.text.includes(one) || one.includes(literal)).length;
  const share = held / Math.max(1, constants.length);
  const prints = PRINTS.test(match.text);
  const weight = (0.3 + 0.4 * share + (prints ? 0.3 : 0)) * rarity;
  return {
    file: match.file,
    line: match.line,
    symbol: null,
    score: weight * (isAside(match.file) ? 0.15 : 1),
    why: prints ? 'prints this message' : 'holds the words of this message',
  };
}

function lettersIn(text: string): number {
  return text.replaceAll(/[^\p{L}]/gu, '').length;
}
