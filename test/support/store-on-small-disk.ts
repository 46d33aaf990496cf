import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/adapters/sqlite/store.ts';
import { VigilError } from '../../src/domain/errors.ts';
import type { Store } from '../../src/ports/store.ts';
import { progressOf } from './progress.ts';

/** Run on a file system of its own by test/fault/disk.test.ts; prints one JSON object. */
const folder = process.argv[2] ?? '';
const ballast = join(folder, 'ballast');

function save(store: Store, n: number): Promise<unknown> {
  const memory = new Map([[`part ${n}`, new Uint8Array(50_000).fill(n % 256)]]);
  const cursors = [{ stream: 's', offset: n, mark: null }];
  const progress = progressOf({ cursors, memory, events: 1, at: n });
  return store.commit(progress);
}

const codeOf = (error: unknown): string => (error instanceof VigilError ? error.code : String(error));

async function fill(): Promise<object> {
  writeFileSync(ballast, Buffer.alloc(500_000));
  const store = await openSqliteStore(join(folder, 'state', 'vigilai.db'));
  let saved = 0;
  let refusal = 'none';
  while (refusal === 'none' && saved < 1_000) {
    await save(store, saved + 1).then(
      () => (saved += 1),
      (error: unknown) => (refusal = codeOf(error)),
    );
  }
  const parts = (await store.memory('app')).size;
  const [cursor] = await store.cursors('app');
  rmSync(ballast);
  await save(store, 5_000);
  await store.close();
  const again = await openSqliteStore(join(folder, 'state', 'vigilai.db'));
  const [after] = await again.cursors('app');
  await again.close();
  return { saved, refusal, parts, offset: cursor?.offset, after: after?.offset };
}

async function open(): Promise<object> {
  try {
    const store = await openSqliteStore(join(folder, 'state', 'vigilai.db'));
    await save(store, 1);
    await store.close();
    return { refusal: 'none' };
  } catch (error) {
    return { refusal: codeOf(error) };
  }
}

console.log(JSON.stringify(await (process.argv[3] === 'fill' ? fill() : open())));
