import { expect, it } from 'vitest';
import { marked } from '../../../src/adapters/process/mark.ts';
import { run } from '../../../src/adapters/process/run.ts';
import { processesWith } from '../../support/processes.ts';

const LIMITS = { timeoutMs: 30_000, maxOutputBytes: 1_000 };

it.skipIf(process.platform !== 'linux')(
  'leaves nothing running that went to a session of its own',
  async () => {
    const command = marked({
      argv: ['sh', '-c', 'setsid sleep 611 >/dev/null 2>&1 & sleep 0.3'],
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '' },
    });
    await run(command, LIMITS, new AbortController().signal);
    expect(processesWith(command.env['VIGILAI_RUN'] ?? 'none')).toEqual([]);
  },
);
