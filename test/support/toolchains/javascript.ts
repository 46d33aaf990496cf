import type { Act, Sample } from '../../contract/toolchain.ts';

const SOURCE = `export function total(order) {
  return order.lines.reduce((sum, line) => sum + line, 0);
}

/* Half of it,
   for friends. */
export function discounted(order) {
  return total(order) / 2;
}
`;

const NODE_SOURCE_LINES = { covered: [1, 2, 7], uncovered: [8] };
const STATEMENT_LINES = { covered: [2], uncovered: [8] };

const ACTS: Readonly<Record<Act, (port: number) => string>> = {
  hang: () =>
    "import { spawn } from 'node:child_process';\nit('acts', async () => {\n  spawn('sleep', ['300']);\n  for (;;);\n});\n",
  shout: () =>
    "it('acts', () => {\n  for (let i = 0; i < 1000; i += 1) process.stdout.write('x'.repeat(20_000) + '\\n');\n});\n",
  call: (port) =>
    `import { connect } from 'node:net';\nit('acts', () => new Promise((done, fail) => connect(${port}, '127.0.0.1', done).on('error', fail)));\n`,
};

/** The same project for each runner: `imports` are those of its tests, which see `it`, `skip` and `equal`. */
export function javascriptSample(
  name: 'node:test' | 'vitest' | 'jest' | 'mocha',
  imports: string,
  packages: string | null,
): Sample {
  const isOurs = name === 'node:test' || name === 'mocha';
  const suite = `${imports}import { total } from '../src/total.js';
it('adds', () => equal(total({ lines: [1, 1] }), 2));
it('expects too little', () => equal(total({ lines: [1, 1] }), 1));
it('needs an order', () => equal(total(null), 0));
skip('waits', () => {});
`;
  const script = name === 'node:test' ? 'node --test' : name;
  return {
    name,
    framework: name === 'node:test' ? null : name,
    files: {
      'package.json': JSON.stringify({ type: 'module', scripts: { test: script } }),
      'src/total.js': SOURCE,
      'test/total.test.js': suite,
    },
    source: 'src/total.js',
    suite: 'test/total.test.js',
    alone: 'adds',
    bug: /Cannot read properties of null/,
    lines: isOurs ? NODE_SOURCE_LINES : STATEMENT_LINES,
    broken: ['test/broken.test.js', `import './nowhere.js';\n${imports}it('loads', () => {});\n`],
    act: (act, port) => ['test/act.test.js', `${imports}${ACTS[act](port)}`],
    timeoutMs: 60_000,
    soonMs: 4_000,
    rerun: 'test/total.test.js',
    packages,
  };
}
