import { nameOf } from '../../language/layout.ts';
import { PROBE_TITLE, type ProbeWish } from './wish.ts';

/** Where `describe` and `it` come from; those of jest and mocha are there without an import. */
const RUNNERS: Readonly<Record<string, string | null>> = {
  'node:test': 'node:test',
  vitest: 'vitest',
  jest: null,
  mocha: null,
};

/** Tests of a file run in the order in which they are registered, so the probe's own comes last. */
export function javascriptProbe(wish: ProbeWish): string | null {
  const runner = RUNNERS[wish.toolchain];
  const isCommon = runner === null || isCommonJs(wish);
  const watch = watchOf(wish, isCommon);
  if (runner === undefined || watch === null) return null;
  const test = `./${nameOf(wish.testFile)}`;
  const takeIn = (names: string, from: string) =>
    isCommon ? `const ${names} = require('${from}');` : `import ${names} from '${from}';`;
  return [
    ...(runner === null ? [] : [takeIn('{ describe, it }', runner)]),
    ...watch.before,
    isCommon ? `require('${test}');` : `await import('${test}');`,
    "describe('', () => {",
    `  it('${PROBE_TITLE}', async () => {`,
    `    if (!(${watch.isSeen})) throw new Error('the signal was not emitted');`,
    '  });',
    '});',
    '',
  ].join('\n');
}

function isCommonJs({ testFile, testText }: ProbeWish): boolean {
  if (/\.(mjs|mts)$/.test(testFile)) return false;
  return testFile.endsWith('.cjs') || (/\brequire\(/.test(testText) && !/^\s*import\b[^(]/m.test(testText));
}

interface Watch {
  /** What has to be there before the program is loaded. */
  readonly before: readonly string[];
  /** An expression. */
  readonly isSeen: string;
}

function watchOf({ library, signal }: ProbeWish, isCommon: boolean): Watch | null {
  const loaded = (name: string) => (isCommon ? `require('${name}')` : `await import('${name}')`);
  switch (library) {
    case 'console.error':
      return {
        before: [
          'const told = [];',
          'const { error } = console;',
          'console.error = (...words) => {',
          "  told.push(words.join(' '));",
          '  error(...words);',
          '};',
        ],
        isSeen: `told.some((line) => line.includes('${signal}'))`,
      };
    case 'prom-client':
      return {
        before: [`const { register } = ${loaded('prom-client')};`],
        isSeen: `(await register.getSingleMetric('${signal}')?.get())?.values.some(({ value }) => value > 0)`,
      };
    case '@opentelemetry/api':
      return {
        before: [
          `const { metrics } = ${loaded('@opentelemetry/api')};`,
          'const told = new Set();',
          'const createCounter = (name) => ({ add: () => told.add(name) });',
          'metrics.setGlobalMeterProvider({ getMeter: () => ({ createCounter }) });',
        ],
        isSeen: `told.has('${signal}')`,
      };
    default:
      return null;
  }
}
