import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { treeSitterParser } from '../../src/adapters/syntax/parser.ts';
import { declaredLibraries } from '../../src/codegen/instrument/declared.ts';
import { instrument } from '../../src/codegen/instrument/instrument.ts';
import { detectProjects } from '../../src/codegen/language/detect-projects.ts';
import { planFix } from '../../src/codegen/plan.ts';
import { propose } from '../../src/codegen/repair/propose.ts';
import { languageOfFile } from '../../src/codegen/source-language.ts';
import type { Verdict } from '../../src/domain/diagnosis.ts';
import type { FixEnd } from '../../src/domain/fix.ts';
import type { Automation } from '../../src/domain/policy.ts';
import { type MadeProject, madeProjects } from '../support/any-project.ts';
import { type CrashProgram, crashProgram, crashProgramIn } from '../support/crash-programs.ts';
import { createWorld, scriptedCrafts, type World } from '../support/daemon-world.ts';
import { filesOnPaper } from '../support/files-on-paper.ts';
import { endOf, noticed } from '../support/jobs-in-world.ts';
import { diagnosisFor, fixFor } from '../support/nouns.ts';
import { PARTS } from '../support/project-parts.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const parser = treeSitterParser();
const RUNS = { numRuns: 100 };

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

  function another(): Promise<string> {
    anomalies += 1;
    return noticed(`fault ${anomalies}`, world.work);
  }

  const automation = fc.constantFrom<Automation>('observe', 'diagnose', 'stage', 'open-pr');

  it('Feature: vigilai-monitoring-platform, Property 9: a diagnosed cause in code is fixed, as far as automation goes', async () => {
    const verdict = fc.constantFrom<Verdict>('cause', 'inconclusive', 'no_code_cause');
    await fc.assert(
      fc.asyncProperty(automation, verdict, async (reach, said) => {
        const fixed: (string | null)[] = [];
        const crafts = scriptedCrafts({
          diagnose: async (anomaly, _, { id }) => diagnosisFor(anomaly.id, { id, verdict: said }),
          planFix,
          applyFix: async (plan, { fixId }) => {
            fixed.push(plan.suspect);
            return fixFor(diagnosisFor(plan.anomalyId, { id: plan.diagnosisId }), { id: fixId });
          },
        });
        const ports = { ...world.work, automation: reach, crafts };
        const id = await another();
        await endOf('diagnose', id, ports);
        const fix = await world.store.activeJob(id, 'fix');
        const goesOn = reach === 'stage' || reach === 'open-pr';
        expect(fix !== null).toBe(goesOn);
        const isInCode = said !== 'no_code_cause';
        if (fix !== null) expect(await endOf('fix', id, ports)).toBe(isInCode ? null : 'nothing_to_fix');
        expect(fixed).toEqual(goesOn && isInCode ? ['src/a.js'] : []);
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
        const id = await another();
        const isProven = outcome.end === 'proven';
        expect((await endOf('fix', id, ports)) === null).toBe(isProven);
        const next = await world.store.activeJob(id, 'open-pr');
        expect(next !== null).toBe(isProven && reach === 'open-pr');
        const before = world.pulls.length;
        expect(await endOf('open-pr', id, ports)).toBe(isProven ? null : 'not_proven');
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
        const { file, language, before, fault } = program;
        const { proposals } = await propose(fault, filesOnPaper({ [file]: before }), parser);
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

describe('what a project is made of', () => {
  it('Feature: vigilai-monitoring-platform, Property 17: language and framework are told, and nothing certain is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(madeProjects, async (made) => {
        const found = await detectProjects(repositoryOf(made));
        const told = found.map(({ dir, language, frameworks }) => [
          dir,
          language.value,
          ...frameworks.map(({ value }) => value),
        ]);
        const real = made.map(({ dir, language, framework }) => [dir, language, framework ?? []].flat());
        expect(new Set(told)).toEqual(new Set(real));
        for (const { dir, tests } of found)
          if (tests?.certain === true) expect(tests.value).toBe(made.find((one) => one.dir === dir)?.tests);
      }),
      RUNS,
    );
  });

  it("Feature: vigilai-monitoring-platform, Property 18: tests and monitoring are by the language's own means", async () => {
    const withCrash = madeProjects.chain(([first, ...rest]) => {
      if (first === undefined) throw new Error('there is always one');
      return fc.tuple(fc.constant(first), fc.constant(rest), crashProgramIn(first.language));
    });
    await fc.assert(
      fc.asyncProperty(withCrash, async ([project, others, program]) => {
        const { dir, language, tests, hasTests, metrics } = project;
        const files = repositoryOf([project, ...others]);
        const found = (await detectProjects(files)).find((one) => one.dir === dir);
        const parts = PARTS[language];
        if (hasTests) expect(found?.tests?.value).toBe(tests);
        if (found?.tests) expect(parts.tests.map(([name]) => name)).toContain(found.tests.value);
        const { monitoring } = await instrumented(program, await declaredLibraries(language, dir, files));
        expect([parts.metrics[0], ...parts.logs]).toContain(monitoring.library);
        if (metrics !== null) expect(monitoring.library).toBe(metrics);
      }),
      RUNS,
    );
  });
});

function repositoryOf(made: readonly MadeProject[]) {
  return filesOnPaper(Object.fromEntries(made.flatMap(({ files }) => Object.entries(files))));
}

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

async function instrumented(program: CrashProgram, declared: ReadonlySet<string>) {
  const { file, language, before, guarded: after } = program;
  const fixed = { file, language, before, after };
  const done = await instrument({ fixed, fault: program.fault, declared }, parser);
  if (done.state !== 'instrumented') throw new Error(JSON.stringify(done));
  return done;
}
