import type { Side } from '../../detectors/detector.ts';
import { maskText } from '../../domain/mask.ts';
import { redact } from '../../domain/redact.ts';
import { isFields } from '../formats/json.ts';

/** What a numeric field of a record is to us. */
export type FieldRole = 'measure' | 'status' | 'none';

const STATUS = /^(?:.*\.)?(?:http_?)?status(?:_?code)?$/i;
/** Names of numbers that count or name something, rather than measure it. */
const NAMES =
  /^(?:.*\.)?(?:time|timestamp|ts|date|level|lvl|severity|v|version|pid|ppid|tid|thread|process|port|line|lineno|line_number|row|col|column|id|seq|sequence|offset|index|page|year|month|day|hour|minute|uid|gid|attempt|retry|worker|shard|partition|code|errno)$/i;
const NAME_ENDS = /(?:_id|Id|ID|_ids|_port|Port|_pid|_at|_ts|_no|_number|Number|_version|_key|_hash)$/;

export function roleOf(name: string): FieldRole {
  if (STATUS.test(name)) return 'status';
  return NAMES.test(name) || NAME_ENDS.test(name) ? 'none' : 'measure';
}

const COSTS =
  /(?:ms|millis|micros|nanos|seconds|secs|duration|latency|elapsed|time|took|delay|wait|size|bytes|length|lag)$/i;

/** Of a cost only more is noteworthy. */
export function sideOf(name: string): Side {
  return COSTS.test(name) ? 'above' : 'both';
}

type Fields = Readonly<Record<string, unknown>>;

/** The url of the request that a record carries; null for none. */
export function urlIn(fields: Fields): string | null {
  const request = fields['req'] ?? fields['request'];
  if (!isFields(request)) return null;
  const url = request['route'] ?? request['url'] ?? request['path'];
  return typeof url === 'string' && url !== '' ? withoutQuery(url) : null;
}

export function withoutQuery(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

/** A dimension's value as it may be kept: ids as `<*>`, short. */
export function dimensionValue(raw: string): string {
  return maskText(redact(raw.slice(0, 400))).slice(0, 120);
}
