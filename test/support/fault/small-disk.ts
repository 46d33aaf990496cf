import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../../src/client/connect.ts';
import { until } from '../daemon-process.ts';
import { freePort } from '../real-program.ts';
import { arrived, ledger, outcomeOf } from './ledger.ts';
import { postEvents } from './posted.ts';
import { type Program, program } from './program.ts';
import { writeLines } from './read-again.ts';

/**
 * The real program, the disk of whose state becomes full while events arrive, and has room again. Run by
 * test/fault/troubles.test.ts on a file system of its own; prints one JSON object.
 */
async function sufferFullDisk(root: string): Promise<object> {
  const at = program(root);
  const port = await freePort();
  const log = join(root, 'app.log');
  at.configure([
    { type: 'http', port },
    { type: 'file', name: 'app', paths: ['app.log'] },
  ]);
  const [posted, written] = [ledger('web'), ledger('app')];
  const arriving = () => Promise.all([posted, written].map((sent) => arrived(at.stored, sent, 30_000)));
  const answers = new Set<number>();
  const send = async () => {
    writeLines(log, written, 50);
    answers.add((await postEvents(port, posted, 50)).status);
  };

  at.start();
  await at.up();
  await until('it listens', async () => (await postEvents(port, posted, 50)).fate === 'kept');
  await send();
  await arriving();
  const ballast = fill(join(root, 'state'));
  answers.clear();
  for (let i = 0; i < 40; i += 1) await send();
  await until('the trouble is told', async () => (await troubleOf(at)) !== null);
  const trouble = await troubleOf(at);
  const whileFull = [...answers];
  rmSync(ballast);
  await until('it takes events again', async () => (await postEvents(port, posted, 50)).fate === 'kept');
  await send();
  await arriving();
  const code = await at.stop();
  const refused = posted.of.refused.size;
  const outcomes = { http: outcomeOf(at.stored, posted), file: outcomeOf(at.stored, written) };
  return { code, trouble, whileFull, refused, ...outcomes };
}

/** Writes until nothing more fits; answers the file to remove. */
function fill(folder: string): string {
  const ballast = join(folder, 'ballast');
  for (const size of [1_000_000, 10_000, 100]) {
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(size));
    } catch {
      // It is full, but for less than `size`.
    }
  }
  return ballast;
}

/** What is told of the file's source while it waits. */
async function troubleOf({ paths }: Program): Promise<string | null> {
  const client = await connect(paths.socket);
  const sources = (await client?.status())?.sources ?? [];
  return sources.find(({ name }) => name === 'app')?.last_error ?? null;
}

console.log(JSON.stringify(await sufferFullDisk(process.argv[2] ?? '')));
