import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileSource } from '../../src/adapters/sources/file/file-source.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { type SourceBench, sourceContract } from './source.ts';

async function fileBench(paths: readonly string[]): Promise<SourceBench> {
  const root = await mkdtemp(join(tmpdir(), 'vigilai-source-'));
  return {
    open: () => fileSource({ name: 'app', paths, root, endMarker: null }, systemClock()),
    write: (text: string) => appendFile(join(root, 'app.log'), text),
    drop: () => rm(root, { recursive: true, force: true }),
    offsets: 'bytes',
    keeps: 'all',
    lineOf: null,
  };
}

sourceContract('a file', () => fileBench(['app.log']));
sourceContract('a file found by a glob', () => fileBench(['*.log']));
