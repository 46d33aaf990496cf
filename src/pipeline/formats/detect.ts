import { parseJson } from './json.ts';
import { parseLogfmt } from './logfmt.ts';
import { parsePlain } from './plain.ts';
import type { LineRecord } from './record.ts';

/**
 * Reads a line in the format it is in: JSON, logfmt, else plain text. Each line tells by itself, so that a stream may
 * mix them (a JSON logger and the runtime's own dump). Never throws. `receivedAt` (epoch ms) completes dates without year.
 */
export function parseLine(line: string, receivedAt: number): LineRecord {
  const first = line.charCodeAt(0);
  if (first === 123) return parseJson(line) ?? parsePlain(line, receivedAt);
  const letter = (first >= 97 && first <= 122) || (first >= 65 && first <= 90);
  return (letter && line.includes('=') ? parseLogfmt(line) : null) ?? parsePlain(line, receivedAt);
}
