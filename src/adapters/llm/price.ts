import type { ModelRequest } from '../../ports/model.ts';
import type { Price } from './options.ts';

/** Text of logs and code makes a token of two bytes or more; what a call really took is settled after it. */
const BYTES_PER_TOKEN = 2;

/** The most that a call may cost, US dollars: every token of the answer, at the time of day when it is dearest. */
export function mostOf(
  price: Price,
  request: Pick<ModelRequest, 'system' | 'prompt' | 'maxOutputTokens'>,
): number {
  const input = Buffer.byteLength(request.system + request.prompt) / BYTES_PER_TOKEN;
  return dollars(price, input, request.maxOutputTokens) * (price.peak?.factor ?? 1);
}

/** What a call that was made at `at` (epoch ms) cost, US dollars. */
export function costOf(price: Price, inputTokens: number, outputTokens: number, at: number): number {
  return dollars(price, inputTokens, outputTokens) * factorAt(price, at);
}

function dollars(price: Price, inputTokens: number, outputTokens: number): number {
  return (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / 1e6;
}

function factorAt({ peak }: Price, at: number): number {
  if (peak === null) return 1;
  const date = new Date(at);
  const isWeekday = date.getUTCDay() >= 1 && date.getUTCDay() <= 5;
  const hour = date.getUTCHours();
  const isPeak = isWeekday && peak.hours.some(([from, to]) => from <= hour && hour < to);
  return isPeak ? peak.factor : 1;
}
