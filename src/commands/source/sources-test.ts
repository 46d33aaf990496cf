import { VigilError } from '../../domain/errors.ts';
import { loadFormats } from '../../pipeline/formats/load-formats.ts';
import { createPipeline } from '../../pipeline/pipeline.ts';
import type { TriedSource } from '../../ports/house.ts';
import type { Context } from '../context.ts';
import { type Tally, tally } from './tally.ts';
import { tallyText } from './tally-text.ts';

/** Lines that are read at most: a large file need not be read to its end to be understood. */
const MOST_RECORDS = 50_000;

/**
 * `vigilai sources test NAME`: reads it for some seconds, from its beginning where it has one, and shows what was
 * understood. Nothing is kept, and the daemon's own place in it stays where it is. Exit 5 when it is
 * failing. @throws VigilError `port_taken` for a receiver while the daemon has its port.
 */
export async function testSource(context: Context, name: string, seconds: number): Promise<number> {
  const { print } = context;
  const { settings } = await context.place();
  const house = await context.house();
  const tried = await house.source(name);
  const formats = await loadFormats(settings.formats);
  const pipeline = createPipeline({ source: name, ...settings.detection, ...formats, keep: 'nothing' });
  print.note(`reading ${name} (${tried.type}) for ${seconds} s ...`);
  const found = await readFor(tried, { context, seconds }, tally(pipeline));
  print.data({ name, type: tried.type, ...found });
  for (const line of tallyText(found, print)) print.line(line);
  return found.state === 'failing' ? 5 : 0;
}

interface Limits {
  readonly context: Context;
  readonly seconds: number;
}

async function readFor(
  { source }: TriedSource,
  { context, seconds }: Limits,
  sum: ReturnType<typeof tally>,
): Promise<Tally> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, context.signal]);
  let health = source.health();
  const over = context.program.clock.sleep(seconds * 1000, signal).then(() => {
    health = source.health(); // before it is asked to end
    stop.abort();
  });
  let read = 0;
  let failure: string | null = null;
  try {
    for await (const batch of source.read([], signal)) {
      sum.read(batch);
      read += batch.records.length;
      if (read >= MOST_RECORDS) break;
    }
  } catch (error) {
    if (error instanceof VigilError && error.code === 'port_taken') throw perhapsTheDaemon(error);
    failure = error instanceof Error ? error.message : String(error);
  }
  stop.abort();
  await over;
  if (failure !== null) return sum.end({ ...health, state: 'failing', lastError: failure });
  return sum.end(health);
}

/** Two cannot listen on one port, and most likely it is the daemon of this workspace that does. */
function perhapsTheDaemon({ message }: VigilError): VigilError {
  return new VigilError('port_taken', {
    what: message,
    hint: 'If the daemon has it, send it something and run `vigilai sources`; else choose another port.',
  });
}
