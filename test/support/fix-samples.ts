import type { Anomaly } from '../../src/domain/anomaly.ts';
import { ALONE } from '../../src/domain/companion.ts';
import type { Diagnosis } from '../../src/domain/diagnosis.ts';
import type { Check, Fix, FixLimits, FixRules, Proof, ProofRules } from '../../src/domain/fix.ts';
import { redact } from '../../src/domain/redact.ts';
import type { FileChange } from '../../src/ports/workspace.ts';

export const limits: FixLimits = {
  maxFiles: 3,
  maxLines: 50,
  protectedPaths: ['src/legal/**'],
  rounds: 1,
  turnMs: 60_000,
  startMs: 1_000,
  idleMs: 1_000,
  totalMs: 1_000,
};

export const proofRules: ProofRules = { runs: 2, minCoverage: 0.8, reproduce: null };

export const rules: FixRules = { ...limits, proof: proofRules, monitoring: 'auto' };

export function anAnomaly(title: string, text = title): Anomaly {
  return {
    id: '1b2c3d4e-0000-5000-8000-000000000001',
    kind: 'error',
    fingerprint: 'f1',
    title: redact(title),
    timestamp: 1_790_000_000_000,
    eventId: 'e1',
    source: 'app',
    metricName: null,
    metricValue: null,
    expectedRange: null,
    confidence: 0.9991,
    detectionAlgorithms: ['exception'],
    readings: [],
    severity: 'high',
    occurrences: 7,
    firstSeen: 1_790_000_000_000,
    lastSeen: 1_790_000_060_000,
    sample: {
      text: redact(text),
      before: [],
      trace: { language: 'javascript', errorType: 'TypeError', message: title, frames: [], cause: null },
      template: null,
      labels: {},
    },
    recurrenceOf: null,
    worst: null,
    mutedUntil: null,
    course: [],
    alongside: ALONE,
    status: 'diagnosed',
    diagnosisId: 'd1',
  };
}

export function aDiagnosis(rootCause: string, more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    id: '0190d000-0000-7000-8000-000000000001',
    anomalyId: '1b2c3d4e-0000-5000-8000-000000000001',
    timestamp: 1_790_000_000_000,
    verdict: 'cause',
    rootCause: redact(rootCause),
    affectedComponents: ['shop'],
    suspects: [
      {
        file: 'src/cart/total.js',
        line: 2,
        symbol: 'total',
        score: 1,
        why: 'top frame',
        excerpt: redact('2 | x.y'),
      },
    ],
    suspectCommits: [],
    suggestedFix: redact('guard against no lines'),
    confidence: 0.8,
    sure: 'likely',
    claims: [{ text: redact('lines may be missing'), restsOn: ['E1'], sure: 'likely' }],
    hypotheses: [],
    context: [{ id: 'E1', kind: 'error', title: 'stack', text: redact('TypeError at total') }],
    aiModel: 'offline',
    aiNote: null,
    unanswered: false,
    cost: { inputTokens: 0, outputTokens: 0, dollars: 0, seconds: 0 },
    ...more,
  };
}

export function aChange(path: string, before: string | null, after: string | null): FileChange {
  const changeType = before === null ? 'create' : after === null ? 'delete' : 'modify';
  const lines = (text: string | null) => text?.split('\n').length ?? 0;
  const counts = { linesAdded: lines(after), linesRemoved: lines(before) };
  return { path, changeType, before, after, ...counts, binary: false, special: false };
}

function aCheck(name: Check['name'], detail: string, result: Check['result'] = 'ok'): Check {
  return { name, result, detail, durationMs: 10 };
}

const aProof: Proof = {
  proven: true,
  checks: [
    aCheck('tamper', 'as they were'),
    aCheck('baseline', '1 test | passing'),
    aCheck('fails_before', 'fails <b>'),
    aCheck('passes_after', 'twice'),
    aCheck('suite', '2 tests'),
    aCheck('replay', 'no reproducer configured', 'not_applicable'),
  ],
  newTests: [{ file: 'test/a b.test.js', name: 'x' }],
  knownFailures: [{ file: 'test/old.test.js', name: 'never worked' }],
  flaky: [],
  toolchain: 'node:test',
  rerun: ['node', '--test', 'test/a b.test.js'],
  sandbox: 'bubblewrap',
};

export function aFix(more: Partial<Fix> = {}): Fix {
  return {
    id: 'f1',
    anomalyId: '1b2c3d4e-0000-5000-8000-000000000001',
    diagnosisId: '0190d000-0000-7000-8000-000000000001',
    timestamp: 1_790_000_000_000,
    language: 'javascript',
    framework: null,
    branch: 'vigilai/typeerror-1b2c3d4e',
    baseBranch: 'main',
    baseCommit: 'a'.repeat(40),
    engine: 'kiro',
    recorded: false,
    files: [{ path: 'src/cart/total.js', changeType: 'modify' }],
    proof: aProof,
    monitoring: null,
    outcome: { end: 'proven', commit: 'b'.repeat(40) },
    artefacts: 'fixes/f1',
    ...more,
  };
}
