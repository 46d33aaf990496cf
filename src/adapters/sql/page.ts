import { z } from 'zod';
import { VigilError } from '../../domain/errors.ts';
import type { Page } from '../../ports/store.ts';

interface Place {
  readonly time: number;
  readonly id: string;
}

const placeSchema = z.tuple([z.number(), z.string()]);

/** Reads the opaque `after` of a page request. @throws VigilError `bad_request` when it is not one of ours. */
export function placeOf(after: string | null): Place | null {
  if (after === null) return null;
  try {
    const [time, id] = placeSchema.parse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')));
    return { time, id };
  } catch (cause) {
    throw new VigilError('bad_request', { what: 'the field `after` is not a cursor of this list', cause });
  }
}

/** A page of rows that were asked for with one more than `limit`: the extra one tells that there is a next page. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  place: (row: Row) => Place,
  item: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? afterOf(place(last)) : null;
  return { items: shown.map(item), next };
}

function afterOf({ time, id }: Place): string {
  return Buffer.from(JSON.stringify([time, id])).toString('base64url');
}
