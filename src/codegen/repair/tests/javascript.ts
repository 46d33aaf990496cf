import { posix } from 'node:path';
import { importsOf, stemOf } from './neighbour.ts';
import { calledIn, kebab, type NewFile, type TestSpec } from './spec.ts';

type Framework = 'node:test' | 'vitest' | 'jest' | 'mocha';

/** node:test, vitest, jest or mocha, in the manner of the tests that are there. */
export function javascriptTest(spec: TestSpec): NewFile {
  const framework = frameworkOf(spec);
  const file = placeOf(spec);
  const lines = [...headOf(spec, file, framework), '', ...bodyOf(spec, framework), ''];
  return { file, text: lines.join('\n') };
}

function frameworkOf({ neighbour, manifest }: TestSpec): Framework {
  const said = neighbour?.text ?? '';
  if (said.includes('node:test')) return 'node:test';
  if (/from ['"]vitest['"]/.test(said)) return 'vitest';
  const names = (['vitest', 'jest', 'mocha'] as const).find((name) =>
    new RegExp(`"${name}"|\\b${name}\\b`).test(manifest),
  );
  return names ?? 'node:test';
}

function placeOf({ source, name: repaired, neighbour }: TestSpec): string {
  const [, dot = '.test', ending = posix.extname(source.file)] =
    /([._-](?:test|spec))?(\.[cm]?[jt]sx?)$/.exec(neighbour?.file ?? '') ?? [];
  const folder = neighbour === null ? 'test' : posix.dirname(neighbour.file);
  const name = kebab(repaired);
  const stem = stemOf(source.file);
  return posix.join(folder, `${stem}${name === kebab(stem) ? '' : `-${name}`}-repair${dot}${ending}`);
}

function headOf(spec: TestSpec, file: string, framework: Framework): readonly string[] {
  const { neighbour, source } = spec;
  const isCommon = isCommonJs(spec);
  const bring = (what: string, from: string) =>
    isCommon ? `const ${what} = require('${from}');` : `import ${what} from '${from}';`;
  const own = [
    ...(framework === 'node:test' || framework === 'mocha' ? [bring('assert', 'node:assert/strict')] : []),
    ...(framework === 'node:test' ? [bring('{ test }', 'node:test')] : []),
    ...(framework === 'vitest' ? [bring('{ expect, test }', 'vitest')] : []),
  ];
  const used = [spec.entry.routine.owner ?? spec.entry.routine.name, ...spec.args, ...spec.before].join(' ');
  const taken = (neighbour?.isOfModule === true ? importsOf(neighbour) : [])
    .filter((line) => !/node:assert|['"]assert['"]|node:test|['"]vitest['"]|['"]chai['"]/.test(line))
    .map((line) => narrowed(line, used))
    .filter((line) => line !== null);
  const name = spec.entry.routine.owner ?? spec.entry.routine.name;
  if (taken.some((line) => new RegExp(`\\b${escaped(name)}\\b`).test(line.replace(/['"].*$/, ''))))
    return [...own, ...taken];
  return [...own, ...taken, bring(exportedAs(name, source.text), specifier(file, spec))];
}

/** Only what the test uses of an import; null where that is nothing. */
function narrowed(line: string, used: string): string | null {
  const listed = /\{([^}]*)\}/.exec(line);
  const isUsed = (name: string) => new RegExp(`\\b${escaped(name)}\\b`).test(used);
  if (listed === null) {
    const [, name = ''] = /^(?:import|const|let|var)\s+(?:\*\s+as\s+)?([\w$]+)/.exec(line) ?? [];
    return isUsed(name) ? line : null;
  }
  const names = (listed[1] ?? '').split(',').map((one) => one.trim());
  const kept = names.filter((one) => one !== '' && isUsed(one.split(/\s+as\s+|:\s*/).at(-1) ?? one));
  return kept.length === 0 ? null : line.replace(listed[0], `{ ${kept.join(', ')} }`);
}

function escaped(name: string): string {
  return name.replaceAll('$', '\\$');
}

function isCommonJs({ neighbour, source, manifest }: TestSpec): boolean {
  if (neighbour !== null) return /=\s*require\(/.test(neighbour.text);
  if (/\.(mjs|mts|ts|tsx)$/.test(source.file)) return false;
  return !manifest.includes('"type": "module"') && /\bmodule\.exports\b|\bexports\./.test(source.text);
}

function exportedAs(name: string, text: string): string {
  const isOnly = new RegExp(
    `export default (async )?(function|class)\\s+${escaped(name)}\\b|module\\.exports\\s*=\\s*${escaped(name)}\\b`,
  );
  return isOnly.test(text) ? name : `{ ${name} }`;
}

/** With the ending that the neighbour's imports have. */
function specifier(test: string, { source, neighbour }: TestSpec): string {
  const path = posix.relative(posix.dirname(test), source.file);
  const written = path.startsWith('.') ? path : `./${path}`;
  const imports =
    neighbour === null
      ? ''
      : importsOf(neighbour)
          .filter((line) => /['"]\.{1,2}\//.test(line))
          .join('\n');
  if (imports === '') return written;
  const [, ending = ''] = /['"]\.{1,2}\/[^'"]*?(\.[cm]?[jt]sx?)?['"]/.exec(imports) ?? [];
  return written.replace(/\.[cm]?[jt]sx?$/, ending);
}

function bodyOf(spec: TestSpec, framework: Framework): readonly string[] {
  const { entry, source, before } = spec;
  const call = calledIn(spec, (owner, args) => `new ${owner}(${args})`);
  const isAsync = entry.routine.isAsync;
  const wait = isAsync ? 'await ' : '';
  const { gives } = entry;
  const expected = gives === null || gives === 'a number' ? gives : source.dialect.writing.value(gives);
  const claim = claimOf(framework === 'vitest' || framework === 'jest', expected, { call, wait });
  const title = spec.title.includes("'") ? JSON.stringify(spec.title) : `'${spec.title}'`;
  const say = framework === 'mocha' ? 'it' : 'test';
  return [
    `${say}(${title}, ${isAsync ? 'async ' : ''}() => {`,
    ...[...before, claim].map((line) => `  ${line}`),
    '});',
  ];
}

interface Called {
  readonly call: string;
  readonly wait: string;
}

function claimOf(isExpecting: boolean, expected: string | null, { call, wait }: Called): string {
  if (expected === 'a number') {
    return isExpecting
      ? `expect(${wait}${call}).not.toBeNaN();`
      : `assert.ok(Number.isFinite(${wait}${call}));`;
  }
  if (expected !== null) {
    return isExpecting
      ? `expect(${wait}${call}).toEqual(${expected});`
      : `assert.deepEqual(${wait}${call}, ${expected});`;
  }
  if (isExpecting)
    return wait === ''
      ? `expect(() => ${call}).not.toThrow();`
      : `await expect(${call}).resolves.not.toThrow();`;
  return wait === '' ? `assert.doesNotThrow(() => ${call});` : `await assert.doesNotReject(${call});`;
}
