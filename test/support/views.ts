import type { JobView, StatusView } from '../../src/contract/system-views.ts';
import type { AnomalyView, DiagnosisView, FixView } from '../../src/contract/views.ts';

/** An id that is told apart at a glance: `a` becomes `aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa`. */
export function idOf(letter: string): string {
  const of = (count: number) => letter.repeat(count);
  return `${of(8)}-${of(4)}-4${of(3)}-8${of(3)}-${of(12)}`;
}

export const NOON = '2026-11-23T12:00:00.000Z';

export function anomalyView(letter: string, more: Partial<AnomalyView> = {}): AnomalyView {
  return {
    id: idOf(letter),
    kind: 'error',
    fingerprint: `fingerprint ${letter}`,
    title: `TypeError: ${letter} is not a function`,
    timestamp: NOON,
    event_id: idOf('e'),
    source: 'app',
    metric_name: null,
    metric_value: null,
    expected_range: null,
    confidence: 0.9991,
    status: 'detected',
    detection_algorithms: ['exception'],
    readings: [],
    severity: 'high',
    occurrences: 3,
    first_seen: NOON,
    last_seen: NOON,
    sample: {
      text: `TypeError: ${letter} is not a function\n    at pay (src/pay.js:4:2)`,
      before: ['request started'],
      template: null,
      labels: {},
      error_type: 'TypeError',
      frames: [],
    },
    recurrence_of: null,
    muted_until: null,
    diagnosis_id: null,
    fix_id: null,
    pull_request_id: null,
    reason: null,
    ...more,
  };
}

export function jobView(letter: string, more: Partial<JobView> = {}): JobView {
  return {
    job_id: idOf('0'),
    kind: 'fix',
    subject: idOf(letter),
    result_id: idOf('f'),
    status: 'processing',
    attempts: 1,
    progress: 0.4,
    step: 'the agent is writing',
    error: null,
    not_before: null,
    ...more,
  };
}

export function statusView(more: Partial<StatusView> = {}): StatusView {
  return {
    version: '0.1.0',
    pid: 42,
    workspace: '/home/ada/shop',
    started_at: NOON,
    uptime_seconds: 130,
    clients: 1,
    automation: 'diagnose',
    state_path: '/home/ada/.local/state/vigilai/abc',
    dead_letters: 0,
    backlog: 0,
    retention: { days: 90, store: 'default', size_bytes: 4096, max_bytes: null, warning: null },
    sources: [
      {
        name: 'app',
        type: 'file',
        state: 'reading',
        rate: 12.34,
        events: 5120,
        lag_bytes: 20_480,
        streams: 1,
        dropped: 0,
        last_error: null,
        training: { training: 2, normal: 5, alerting: 1 },
        series: [
          { name: 'duration_ms /pay', state: 'training', seen: 9, needed: 20, points: 9, waiting: [] },
        ],
      },
    ],
    anomalies_open: 2,
    jobs_active: [],
    ...more,
  };
}

export function diagnosisView(letter: string, more: Partial<DiagnosisView> = {}): DiagnosisView {
  return {
    id: idOf('d'),
    anomaly_id: idOf(letter),
    timestamp: NOON,
    verdict: 'cause',
    root_cause: 'pay is called before the cart is loaded',
    affected_components: ['src/pay.js'],
    suspects: [
      {
        file: 'src/pay.js',
        line: 4,
        symbol: 'pay',
        score: 1,
        why: 'TypeError was thrown here',
        excerpt: null,
      },
    ],
    suspect_commits: [
      {
        sha: '0123456789abcdef',
        subject: 'pay faster',
        author: 'Ada',
        date: NOON,
        score: 1,
        why: 'changed it',
      },
    ],
    suggested_fix: 'load the cart first',
    confidence: 0.9,
    sure: 'confirmed',
    hypotheses: [],
    claims: [],
    context: [],
    ai_model: 'offline',
    ai_note: null,
    unanswered: false,
    cost: { input_tokens: 0, output_tokens: 0, dollars: 0, seconds: 0 },
    ...more,
  };
}

export function fixView(letter: string, more: Partial<FixView> = {}): FixView {
  return {
    id: idOf('f'),
    anomaly_id: idOf(letter),
    diagnosis_id: idOf('d'),
    timestamp: NOON,
    language: 'javascript',
    framework: null,
    branch: 'vigilai/pay',
    base_branch: 'main',
    base_commit: '0123456789abcdef',
    engine: 'recorded agent',
    recorded: true,
    files: [{ path: 'src/pay.js', change_type: 'modify' }],
    monitoring: null,
    proof: {
      proven: true,
      checks: [
        { name: 'baseline', result: 'ok', detail: '3 tests passing', duration_ms: 800 },
        { name: 'fails_before', result: 'ok', detail: '1 new test failing', duration_ms: 300 },
        { name: 'replay', result: 'not_applicable', detail: 'no reproducer configured', duration_ms: 0 },
      ],
      new_tests: [{ file: 'test/pay.test.js', name: 'pays' }],
      known_failures: [{ file: 'test/old.test.js', name: 'never worked' }],
      flaky: [],
      toolchain: 'node:test',
      rerun: ['node', '--test', 'test/pay.test.js'],
      sandbox: 'bubblewrap',
    },
    outcome: 'proven',
    reason: null,
    commit: 'fedcba9876543210',
    artefacts: 'fixes/f',
    ...more,
  };
}
