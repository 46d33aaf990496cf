import { defineConfig } from 'vitest/config';

const project = (name: string, timeoutMs = 10_000) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.{ts,tsx}`],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
  },
});

/** `npm test` runs the fast ones; `.ci/run` adds real counterparts of sources, the walk and faults. */
export default defineConfig({
  test: {
    projects: [
      project('unit'),
      project('contract', 30_000),
      project('property', 60_000),
      project('tui'),
      project('integration', 60_000),
      project('counterpart', 60_000),
      project('walk', 240_000),
      project('fault', 600_000),
    ],
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'json'] },
  },
});
