import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLog } from '../../../src/daemon/log.ts';

it('rotates by size, keeps so many, and goes on where it stopped', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigilai-log-'));
  const path = join(folder, 'daemon.log');
  const open = () => openLog({ path, level: 'info', maxBytes: 400, keep: 2 });
  try {
    for (let number = 0; number < 10; number += 1) open().info({ number }, 'x'.repeat(80));
    open().debug({}, 'nobody asked');
    expect(readdirSync(folder).toSorted()).toEqual(['daemon.log', 'daemon.log.1', 'daemon.log.2']);
    for (const file of readdirSync(folder))
      expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(400);
    const last = readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ number: 9 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
