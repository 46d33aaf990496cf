import type { Anomaly, AnomalyFacts, AnomalyState } from '../../src/domain/anomaly.ts';
import { ALONE } from '../../src/domain/companion.ts';
import type { Diagnosis } from '../../src/domain/diagnosis.ts';
import type { Fix } from '../../src/domain/fix.ts';
import { derivedId } from '../../src/domain/ids.ts';
import { redact } from '../../src/domain/redact.ts';

/** Nouns that are whole; a test says only what it is about. */
export const AT = Date.UTC(2026, 0, 5, 12);

export function factsFor(fingerprint: string, changes: Partial<AnomalyFacts> = {}): AnomalyFacts {
  return {
    id: derivedId('anomaly', fingerprint),
    kind: 'error',
    fingerprint,
    title: redact(`TypeError: ${fingerprint}`),
    timestamp: AT,
    eventId: derivedId('event', fingerprint),
    source: 'app',
    metricName: null,
    metricValue: null,
    expectedRange: null,
    confidence: 0.999,
    detectionAlgorithms: ['exception'],
    readings: [
      {
        detector: 'exception',
        score: 0.999,
        evidence: { kind: 'new_error', errorType: 'TypeError', where: 'src/a.js:3', learned: 40 },
      },
    ],
    severity: 'high',
    occurrences: 1,
    firstSeen: AT,
    lastSeen: AT,
    sample: {
      text: redact(`TypeError: ${fingerprint}\n    at f (src/a.js:3:1)`),
      before: [],
      trace: {
        language: 'javascript',
        errorType: 'TypeError',
        message: fingerprint,
        frames: [{ file: 'src/a.js', line: 3, column: 1, symbol: 'f', inApp: true }],
        cause: null,
      },
      template: null,
      labels: {},
    },
    recurrenceOf: null,
    worst: null,
    mutedUntil: null,
    course: [],
    alongside: ALONE,
    ...changes,
  };
}

export function anomalyAs(state: AnomalyState, fingerprint = 'x is undefined'): Anomaly {
  return { ...factsFor(fingerprint), ...state };
}

export function diagnosisFor(anomalyId: string, changes: Partial<Diagnosis> = {}): Diagnosis {
  return {
    id: derivedId('diagnosis', anomalyId),
    anomalyId,
    timestamp: AT,
    verdict: 'cause',
    rootCause: redact('x is read before it is set'),
    affectedComponents: ['src/a.js'],
    suspects: [
      { file: 'src/a.js', line: 3, symbol: 'f', score: 1, why: 'top frame', excerpt: redact('3 | x.y') },
    ],
    suspectCommits: [
      { sha: 'a'.repeat(40), subject: redact('add f'), author: 'Ann', date: AT, score: 1, why: 'blame' },
    ],
    suggestedFix: redact('guard x'),
    confidence: 0.9,
    sure: 'likely',
    claims: [{ text: redact('x is unset'), restsOn: ['E1'], sure: 'likely' }],
    hypotheses: [],
    context: [{ id: 'E1', kind: 'error', title: 'the error', text: redact('TypeError') }],
    aiModel: 'offline',
    aiNote: null,
    unanswered: false,
    cost: { inputTokens: 0, outputTokens: 0, dollars: 0, seconds: 0.1 },
    ...changes,
  };
}

export function fixFor(diagnosis: Diagnosis, changes: Partial<Fix> = {}): Fix {
  return {
    id: derivedId('fix', diagnosis.id),
    anomalyId: diagnosis.anomalyId,
    diagnosisId: diagnosis.id,
    timestamp: AT,
    language: 'javascript',
    framework: null,
    branch: 'vigilai/x-is-undefined',
    baseBranch: 'main',
    baseCommit: 'b'.repeat(40),
    engine: 'scripted',
    recorded: false,
    files: [{ path: 'src/a.js', changeType: 'modify' }],
    monitoring: null,
    proof: {
      proven: true,
      checks: [{ name: 'baseline', result: 'ok', detail: '4 passed', durationMs: 800 }],
      newTests: [{ file: 'test/a.test.js', name: 'guards x' }],
      knownFailures: [],
      flaky: [],
      toolchain: 'node:test',
      rerun: ['node', '--test', 'test/a.test.js'],
      sandbox: 'bubblewrap',
    },
    outcome: { end: 'proven', commit: 'c'.repeat(40) },
    artefacts: 'fixes/1',
    ...changes,
  };
}
