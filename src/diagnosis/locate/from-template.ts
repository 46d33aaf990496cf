import type { Match, Repository } from '../../ports/repository.ts';
import { isAside } from './source-text.ts';
import type { Spot } from './spot.ts';

/** Shorter texts are found everywhere. */
const LEAST_LETTERS = 6;
const PRINTS =
  /\b(?:log(?:ger|ging)?|console|print(?:f|ln)?|puts|warn(?:ing)?|error|info|debug|fatal|throw|raise|panic|fmt|slog|Error|Exception)\b/;

/** The statement that prints a message: where the constant parts of its template stand in a logging call or a throw. */
export async function fromTemplate(template: string, repository: Repository): Promise<readonly Spot[]> {
  const constants = constantsOf(template);
  for (const literal of constants) {
    const matches = await repository.grep(literal, 50);
    const spots = matches.map((match) => spotOf(match, constants)).filter(({ score }) => score > 0);
    if (spots.length > 0) return spots;
  }
  return [];
}

/** Constant parts of a template, longest first, as they stand in a source: without quotes and wildcards. */
export function constantsOf(template: string): readonly string[] {
  return template
    .split(/<[*:\w]+>|["'`\\]/)
    .map((part) => part.trim().replace(/^[=:,\s]+|[=:,(\s]+$/g, ''))
    .filter((part) => part.replaceAll(/[^A-Za-z]/g, '').length >= LEAST_LETTERS)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 4);
}

function spotOf(match: Match, constants: readonly string[]): Spot {
  const held = constants.filter((literal) => match.text.includes(literal)).length;
  const share = held / Math.max(1, constants.length);
  const prints = PRINTS.test(match.text);
  return {
    file: match.file,
    line: match.line,
    symbol: null,
    score: (0.3 + 0.4 * share + (prints ? 0.3 : 0)) * (isAside(match.file) ? 0.15 : 1),
    why: prints ? 'prints this message' : 'holds the words of this message',
  };
}
