import type { Level } from '../../../domain/event.ts';

const LEVELS: ReadonlyMap<string, Level> = new Map<string, Level>([
  ['trace', 'trace'],
  ['debug', 'debug'],
  ['info', 'info'],
  ['log', 'info'],
  ['warn', 'warn'],
  ['warning', 'warn'],
  ['error', 'error'],
  ['fatal', 'fatal'],
  ['critical', 'fatal'],
]);

/** Level of Sentry's word; null for any other. */
export function levelOf(word: string | null | undefined): Level | null {
  return LEVELS.get(word ?? '') ?? null;
}
