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

/** V8 counts characters, so also a declaration; istanbul counts a line where a statement begins. */
const LINES = {
  all: { covered: [1, 2, 7], uncovered: [8] },
  statements: { covered: [2], uncovered: [8] },
};

/** What differs between the runners: how a module is loaded, what tests import, and where lines are counted. */
interface Runner {
  readonly name: 'node:test' | 'vitest' | 'jest' | 'mocha';
  readonly framework: string | null;
  readonly script: string;
  readonly modules: 'esm' | 'commonjs';
  readonly imports: string;
  readonly lines: keyof typeof LINES;
}

const ASSERT = "import { equal } from 'node:assert';\n";
const BY_EXPECT = 'const equal = (a, b) => expect(a).toBe(b);\n';
const SKIP = 'const { skip } = it;\n';

const RUNNERS: Readonly<Record<Runner['name'], Runner>> = {
  'node:test': {
    name: 'node:test',
    framework: null,
    script: 'node --test',
    modules: 'esm',
    imports: `${ASSERT}import { it } from 'node:test';\n${SKIP}`,
    lines: 'all',
  },
  vitest: {
    name: 'vitest',
    framework: 'vitest',
    script: 'vitest',
    modules: 'esm',
    imports: `import { expect, it } from 'vitest';\n${SKIP}${BY_EXPECT}`,
    lines: 'statements',
  },
  jest: {
    name: 'jest',
    framework: 'jest',
    script: 'jest',
    modules: 'commonjs',
    imports: `${SKIP}${BY_EXPECT}`,
    // An export is a statement in CommonJS.
    lines: 'all',
  },
  mocha: {
    name: 'mocha',
    framework: 'mocha',
    script: 'mocha',
    modules: 'esm',
    imports: `${ASSERT}${SKIP}`,
    lines: 'all',
  },
};

const SUITE = `import { total } from '../src/total.js';
it('adds', () => equal(total({ lines: [1, 1] }), 2));
it('expects too little', () => equal(total({ lines: [1, 1] }), 1));
it('needs an order', () => equal(total(null), 0));
skip('waits', () => {});
`;

const ACTS: Readonly<Record<Act, (port: number) => string>> = {
  hang: () =>
    "import { spawn } from 'node:child_process';\nit('acts', () => {\n  spawn('sleep', ['300']);\n  for (;;);\n});\n",
  shout: () =>
    "it('acts', () => {\n  for (let i = 0; i < 1000; i += 1) process.stdout.write('x'.repeat(20_000) + '\\n');\n});\n",
  call: (port) =>
    `import { connect } from 'node:net';\nit('acts', () => new Promise((done, fail) => connect(${port}, '127.0.0.1', done).on('error', fail)));\n`,
};

/** The same project for each runner; `packages` is the `node_modules` that has it. */
export function javascriptSample(name: Runner['name'], packages: string | null): Sample {
  const { framework, script, modules, imports, lines } = RUNNERS[name];
  const code = (text: string) => (modules === 'esm' ? text : asCommonjs(text));
  const type = modules === 'esm' ? 'module' : 'commonjs';
  return {
    name,
    framework,
    files: {
      'package.json': JSON.stringify({ type, scripts: { test: script } }),
      'src/total.js': code(SOURCE),
      'test/total.test.js': code(`${imports}${SUITE}`),
    },
    source: 'src/total.js',
    suite: 'test/total.test.js',
    alone: 'adds',
    bug: /Cannot read properties of null/,
    lines: LINES[lines],
    broken: [
      'test/broken.test.js',
      code(`import { x } from './nowhere.js';\n${imports}it('loads', () => {});\n`),
    ],
    act: (act, port) => ['test/act.test.js', code(`${imports}${ACTS[act](port)}`)],
    timeoutMs: 60_000,
    soonMs: 3_000,
    rerun: 'test/total.test.js',
    packages,
  };
}

function asCommonjs(text: string): string {
  return text
    .replace(/^import (\{.*\}) from ('.*');$/gm, 'const $1 = require($2);')
    .replace(/^export function (\w+)/gm, 'exports.$1 = $1; function $1');
}
