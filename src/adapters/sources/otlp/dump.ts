import type { ZodType } from 'zod';
import { VigilError } from '../../../domain/errors.ts';
import type { EventRecord } from '../../../domain/event.ts';
import type { Batch } from '../../../ports/source.ts';
import { lineSplitter } from '../file/bytes/split-lines.ts';
import { readLogs } from './logs.ts';
import { metricReader } from './metrics/metrics.ts';
import { readTraces } from './traces.ts';
import { isFields } from './wire/value.ts';
import { logsRequest, metricsRequest, tracesRequest } from './wire/wire.ts';

const BEGINNING = /^\uFEFF?\s*\{\s*"resource(?:Metrics|Logs|Spans)"\s*:/;

/** Do these bytes begin a dump: OTLP/JSON export requests, as the collector's file exporter writes them? */
export function looksLikeDump(bytes: Buffer): boolean {
  return BEGINNING.test(bytes.toString('utf8', 0, 200));
}

/**
 * The events of a dump: one request a line, or one in all. @throws VigilError `bad_input` naming the line that is no request.
 */
export async function* readDump(path: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Batch> {
  const read = requestReader(path);
  let count = 0;
  for await (const { text, line } of requestsOf(chunks)) {
    const records = read(text, line);
    for (let from = 0; from < records.length; from += MOST_RECORDS) {
      const part = records.slice(from, from + MOST_RECORDS);
      yield batchOf(path, part, count);
      count += part.length;
    }
  }
  yield { ...batchOf(path, [], count), ended: true };
}

const MOST_RECORDS = 4096;

function batchOf(path: string, records: readonly EventRecord[], before: number): Batch {
  const cursor = { stream: path, offset: before + records.length, mark: null };
  const offsets = records.map((_, i) => before + i);
  return { stream: path, records, offsets, marks: null, mark: null, cursor, receivedAt: 0, ended: false };
}

interface Request {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** A request is larger than a line of a log may be. */
const LONGEST_REQUEST = 256 * 1024 * 1024;

/** Each line by itself when the first is a whole document, else all of them together. */
async function* requestsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Request> {
  const splitter = lineSplitter(0, 'utf8', LONGEST_REQUEST);
  const together: string[] = [];
  let line = 0;
  function* take(lines: readonly string[]): Generator<Request> {
    for (const text of lines) {
      line += 1;
      if (together.length > 0 || (line === 1 && parsed(text) === null)) together.push(text);
      else if (text.trim() !== '') yield { text, line };
    }
  }
  for await (const chunk of chunks) yield* take(splitter.push(chunk).lines);
  yield* take(splitter.flush().lines);
  if (together.length > 0) yield { text: together.join('\n'), line: 1 };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a part of a document, or none
  }
}

/** Reads requests in order: rates of counters go on from one to the next. A record without a time is of the last one. */
function requestReader(path: string): (text: string, line: number) => readonly EventRecord[] {
  const metrics = metricReader();
  let now = 0;
  return (text, line) => {
    const at = `line ${line} of ${path}`;
    const request = parsed(text);
    const records: EventRecord[] = [];
    if (!isFields(request)) throw noRequest(at, 'it is no JSON object');
    if ('resourceMetrics' in request) {
      const understood = metrics.read(checked(metricsRequest, request, at), now);
      understood.keep();
      records.push(...understood.records);
    }
    if ('resourceLogs' in request) records.push(...readLogs(checked(logsRequest, request, at), now).records);
    if ('resourceSpans' in request)
      records.push(...readTraces(checked(tracesRequest, request, at), now).records);
    for (const { timestamp } of records) now = Math.max(now, timestamp);
    return records;
  };
}

function checked<T>(schema: ZodType<T>, request: unknown, at: string): T {
  const { data, error } = schema.safeParse(request);
  if (error === undefined) return data;
  throw noRequest(at, `see ${error.issues[0]?.path.join('.') ?? 'its form'}`);
}

function noRequest(at: string, why: string): VigilError {
  return new VigilError('bad_input', {
    what: `${at} is no OTLP/JSON export request`,
    why,
    hint: 'Take the line out, or name another file.',
  });
}
