import { crc32 } from 'node:zlib';
import type { SourceRecord } from '../../../domain/event.ts';

/** One record as a line: its checksum (CRC-32, eight hex digits), a blank, the record as JSON, a line end. */
export function frameOf(record: SourceRecord): string {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
}

/** What `frameOf` wrote, believed since its checksum is right; null for a line that is damaged. */
export function recordIn(frame: string): SourceRecord | null {
  const json = frame.slice(9);
  if (json === '' || frame[8] !== ' ' || checksum(json) !== frame.slice(0, 8)) return null;
  try {
    return JSON.parse(json) as SourceRecord;
  } catch {
    return null; // a checksum that is right by chance
  }
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
