import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The compiled code of what tests start as processes is kept between them, where the program keeps its own. */
const env = { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') };

/** Tests that change nothing of their process share it: modules are loaded once, not once a file. */
const shared = { pool: 'threads', isolate: false } as const;

/** Deadlines only end what hangs: they hold on a busy machine too. */
type More = { readonly testTimeout?: number; readonly include?: string[]; readonly exclude?: string[] };

const project = (name: string, more: More | (More & typeof shared) = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.{ts,tsx}`],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env,
    ...more,
  },
});

/** `npm test` runs the fast ones; `.ci/run` adds real programs of others, the walk and faults. */
export default defineConfig({
  test: {
    projects: [
      project('unit', shared),
      project('contract'),
      project('property', shared),
      project('adversary', { ...shared, exclude: ['test/adversary/agents/**'] }),
      project('hostile', { include: ['test/adversary/agents/*.test.ts'], testTimeout: 600_000 }),
      project('tui', shared),
      project('integration'),
      project('counterpart'),
      project('fix', { testTimeout: 240_000 }),
      project('walk', { testTimeout: 240_000 }),
      project('fault', { testTimeout: 600_000 }),
    ],
    // The default leaves one processor idle; on two that is half of them.
    maxWorkers: '100%',
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'json'] },
  },
});
