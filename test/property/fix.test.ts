import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeSitterParser } from '../../src/adapters/syntax/parser.ts';
import { instrument } from '../../src/codegen/instrument/instrument.ts';
import { propose } from '../../src/codegen/repair/propose.ts';
import { languageOfFile } from '../../src/codegen/source-language.ts';
import type { Fault } from '../../src/domain/fix.ts';
import { type CrashProgram, crashProgram } from '../support/crash-programs.ts';
import { filesOnPaper } from '../support/files-on-paper.ts';

const parser = treeSitterParser();
const RUNS = { numRuns: 100 };

describe('what a fix is written in', () => {
  it('Feature: vigilai-monitoring-platform, Property 10: source and test are of the language of the crash', async () => {
    await fc.assert(
      fc.asyncProperty(crashProgram, async (program) => {
        const { file, language, before } = program;
        const { proposals } = await propose(faultOf(program), filesOnPaper({ [file]: before }), parser);
        expect(proposals.length).toBeGreaterThan(0);
        for (const { source, test } of proposals) {
          expect(source.file).toBe(file);
          expect(source.text).not.toBe(before);
          for (const written of [source, test]) {
            expect(languageOfFile(written.file)).toBe(language);
            expect((await parser.parse(written.file, written.text))?.hasError).toBe(false);
          }
        }
      }),
      RUNS,
    );
  });

  it('Feature: vigilai-monitoring-platform, Property 13: a guard tells by a signal, and an alert names it', async () => {
    const libraries = fc.subarray([...METRICS]);
    await fc.assert(
      fc.asyncProperty(crashProgram, libraries, async (program, declared) => {
        const done = await instrumented(program, new Set(declared));
        const { signal, line, alert } = done.monitoring;
        expect(signal).toContain(program.routine);
        expect(done.lines).toContain(line);
        expect(done.text).toContain(nameIn(done.text, signal));
        expect(alert.vigilai).toContain(signal);
        if (done.kind === 'metric') expect(alert.prometheus).toContain(`expr: increase(${signal}[`);
      }),
      RUNS,
    );
  });
});

const METRICS = [
  'prom-client',
  'prometheus-client',
  'github.com/prometheus/client_golang',
  'micrometer',
] as const;

/** Micrometer writes a name with points, and Prometheus reads it with underscores and a suffix. */
function nameIn(text: string, signal: string): string {
  return text.includes('io.micrometer') ? signal.replace(/_total$/, '').replaceAll('_', '.') : signal;
}

function faultOf({ file, line, trace }: CrashProgram): Fault {
  const suspect = { file, line, symbol: null, score: 1, why: '', excerpt: null };
  return { message: null, trace, suspects: [suspect] };
}

async function instrumented(program: CrashProgram, declared: ReadonlySet<string>) {
  const { file, language, before, guarded: after } = program;
  const fixed = { file, language, before, after };
  const done = await instrument({ fixed, fault: faultOf(program), declared }, parser);
  if (done.state !== 'instrumented') throw new Error(JSON.stringify(done));
  return done;
}
