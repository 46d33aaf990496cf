import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { treeSitterParser } from '../../src/adapters/syntax/parser.ts';
import { instrument } from '../../src/codegen/instrument/instrument.ts';
import { planFix } from '../../src/codegen/plan.ts';
import { propose } from '../../src/codegen/repair/propose.ts';
import { languageOfFile } from '../../src/codegen/source-language.ts';
import type { Verdict } from '../../src/domain/diagnosis.ts';
import { VigilError } from '../../src/domain/errors.ts';
import type { Fault, FixEnd } from '../../src/domain/fix.ts';
import type { JobKind } from '../../src/domain/job.ts';
import type { Automation } from '../../src/domain/policy.ts';
import { handlers } from '../../src/workflow/handlers.ts';
import type { Run, WorkflowPorts } from '../../src/workflow/ports.ts';
import { PLAIN, putJob } from '../../src/workflow/put-job.ts';
import { type CrashProgram, crashProgram } from '../support/crash-programs.ts';
import { createWorld, scriptedCrafts, type World } from '../support/daemon-world.ts';
import { filesOnPaper } from '../support/files-on-paper.ts';
import { diagnosisFor, factsFor, fixFor } from '../support/nouns.ts';
import { progressOf } from '../support/progress.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const parser = treeSitterParser();
const RUNS = { numRuns: 100 };

const RUN: Run = {
  signal: new AbortController().signal,
  last: false,
  progress: () => undefined,
  later: () => undefined,
};

const reason = fc.string({ minLength: 1, maxLength: 40 });
const fixEnd: fc.Arbitrary<FixEnd> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ end: 'proven', commit: 'c'.repeat(40) } as const) },
  fc.record({ end: fc.constantFrom('not_proven', 'no_change', 'refused', 'agent_failed'), reason }),
  fc.record({ end: fc.constantFrom('cancelled', 'budget') }),
);

describe('what follows by itself', () => {
  const clock = virtualClock();
  let world: World;
  let anomalies = 0;

  beforeAll(async () => {
    world = await createWorld(clock);
  });
  afterAll(() => world.close());

  /** A new anomaly of an error of its own. */
  async function noticed(): Promise<string> {
    anomalies += 1;
    const facts = factsFor(`fault ${anomalies}`);
    const sightings = [{ kind: 'opened', facts }] as const;
    await world.store.commit(progressOf({ sightings, events: 1, at: clock.now() }));
    return facts.id;
  }

  async function doIt(kind: JobKind, subject: string, ports: WorkflowPorts): Promise<void> {
    const job = await putJob({ subject, kind, options: PLAIN, resultId: null }, ports);
    await handlers[kind](job, ports, RUN);
  }

  const automation = fc.constantFrom<Automation>('observe', 'diagnose', 'stage', 'open-pr');

  it('Feature: vigilai-monitoring-platform, Property 9: a diagnosed cause in code is fixed, as far as automation goes', async () => {
    const verdict = fc.constantFrom<Verdict>('cause', 'inconclusive', 'no_code_cause');
    await fc.assert(
      fc.asyncProperty(automation, verdict, async (reach, said) => {
        const planned: string[] = [];
        const crafts = scriptedCrafts({
          diagnose: async (anomaly, _, { id }) => diagnosisFor(anomaly.id, { id, verdict: said }),
          planFix,
          applyFix: async (plan, { fixId }) => {
            planned.push(plan.suspect);
            return fixFor(diagnosisFor(plan.anomalyId, { id: plan.diagnosisId }), { id: fixId });
          },
        });
        const ports = { ...world.work, automation: reach, crafts };
        const id = await noticed();
        await doIt('diagnose', id, ports);
        const fix = await world.store.activeJob(id, 'fix');
        const goesOn = reach === 'stage' || reach === 'open-pr';
        expect(fix !== null).toBe(goesOn);
        const isInCode = said !== 'no_code_cause';
        if (fix !== null)
          expect(await failure(handlers.fix(fix, ports, RUN))).toBe(isInCode ? null : 'nothing_to_fix');
        expect(planned).toEqual(goesOn && isInCode ? ['src/a.js'] : []);
      }),
      RUNS,
    );
  });

  it('Feature: vigilai-monitoring-platform, Property 14: a proven fix is proposed, and no other ever', async () => {
    await fc.assert(
      fc.asyncProperty(automation, fixEnd, async (reach, outcome) => {
        const crafts = scriptedCrafts({
          applyFix: async ({ anomalyId, diagnosisId }, { fixId }) =>
            fixFor(diagnosisFor(anomalyId, { id: diagnosisId }), { id: fixId, outcome }),
        });
        const ports = { ...world.work, automation: reach, crafts };
        const id = await noticed();
        const isProven = outcome.end === 'proven';
        expect((await failure(doIt('fix', id, ports))) === null).toBe(isProven);
        const next = await world.store.activeJob(id, 'open-pr');
        expect(next !== null).toBe(isProven && reach === 'open-pr');
        const before = world.pulls.length;
        expect(await failure(doIt('open-pr', id, ports))).toBe(isProven ? null : 'not_proven');
        expect(world.pulls.length - before).toBe(isProven ? 1 : 0);
      }),
      RUNS,
    );
  });
});

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

/** Code of the error that it ends with; null where it ends well. */
async function failure(done: Promise<void>): Promise<string | null> {
  try {
    await done;
    return null;
  } catch (error) {
    if (error instanceof VigilError) return error.code;
    throw error;
  }
}

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
