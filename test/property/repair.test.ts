import fc from 'fast-check';
import { expect, it } from 'vitest';
import { casesOf, LANGUAGES } from '../../bench/repair/case.ts';
import { projectOf } from '../../bench/repair/project.ts';
import { treeSitterParser } from '../../src/adapters/syntax/parser.ts';
import { propose } from '../../src/codegen/repair/propose.ts';

const PARSER = treeSitterParser();

const CRASHES = [
  ['TypeError', "Cannot read properties of undefined (reading 'name')"],
  ['TypeError', "'NoneType' object is not subscriptable"],
  ['KeyError', "'a'"],
  ['IndexError', 'list index out of range'],
  ['ZeroDivisionError', 'division by zero'],
  ['SyntaxError', 'Unexpected end of JSON input'],
  ['panic', 'runtime error: invalid memory address or nil pointer dereference'],
  ['java.lang.NullPointerException', ''],
  ['ReferenceError', 'totl is not defined'],
  ['RangeError', 'Maximum call stack size exceeded'],
] as const;

const PROJECTS = LANGUAGES.flatMap(casesOf).map(projectOf);

it('Feature: vigilai-monitoring-platform, Property 10: a repair is whole syntax, changes the suspect and adds one test', async () => {
  const project = fc.constantFrom(...PROJECTS);
  const crash = fc.constantFrom(...CRASHES);
  await fc.assert(
    fc.asyncProperty(project, crash, fc.nat(30), async ({ files, suspect }, [errorType, message], line) => {
      const base = files[suspect] ?? '';
      const where = { file: suspect, line: line + 1, symbol: null, score: 1, why: '', excerpt: null };
      const trace = { language: 'javascript', errorType, message, frames: [], cause: null } as const;
      const tree = {
        files: async () => Object.keys(files),
        read: async (file: string) => files[file] ?? null,
      };
      const { proposals } = await propose({ message, trace, suspects: [where] }, tree, PARSER);
      for (const { source, test } of proposals) {
        expect(source.file).toBe(suspect);
        expect(source.text).not.toBe(base);
        expect(Object.keys(files)).not.toContain(test.file);
        for (const { file, text } of [source, test])
          expect((await PARSER.parse(file, text))?.hasError).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});
