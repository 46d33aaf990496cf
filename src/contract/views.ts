import { z } from 'zod';
import { contextKindView } from './context-view.ts';
import { iso } from './iso.ts';
import { rangeView, readingView } from './reading-view.ts';

/** The API's words: snake_case, times as ISO 8601. Both ends parse with these. */
const id = z.uuid();

const severityView = z.enum(['low', 'medium', 'high', 'critical']);

export const anomalyStatusView = z.enum([
  'detected',
  'diagnosing',
  'diagnosed',
  'fixing',
  'fix_ready',
  'pr_created',
  'resolved',
  'false_positive',
  'failed',
]);

const frameView = z.object({
  file: z.string(),
  line: z.number().nullable(),
  column: z.number().nullable(),
  symbol: z.string().nullable(),
  in_app: z.boolean(),
});

const sampleView = z.object({
  text: z.string(),
  before: z.array(z.string()),
  template: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  error_type: z.string().nullable(),
  frames: z.array(frameView),
});

export const anomalyView = z.object({
  id,
  kind: z.enum(['error', 'log', 'metric']),
  fingerprint: z.string(),
  title: z.string(),
  timestamp: iso,
  event_id: id,
  source: z.string(),
  metric_name: z.string().nullable(),
  metric_value: z.number().nullable(),
  expected_range: rangeView.nullable(),
  confidence: z.number().min(0).max(1),
  status: anomalyStatusView,
  detection_algorithms: z.array(z.string()),
  readings: z.array(readingView),
  severity: severityView,
  occurrences: z.number().int(),
  first_seen: iso,
  last_seen: iso,
  sample: sampleView,
  recurrence_of: id.nullable(),
  /** Until then it is not told again unless it is clearly worse. */
  muted_until: iso.nullable(),
  diagnosis_id: id.nullable(),
  fix_id: id.nullable(),
  pull_request_id: id.nullable(),
  /** Why it failed, when it did. */
  reason: z.string().nullable(),
});

const coursePointView = z.object({ time: iso, value: z.number(), expected: rangeView.nullable() });

const companionView = z.object({ name: z.string(), value: z.number(), expected: rangeView.nullable() });

/** One anomaly with the values around its opening. */
export const anomalyDetailView = anomalyView.extend({
  course: z.array(coursePointView),
  /** Series that turned abnormal within five minutes of it, at most 12, and how many more there were. */
  alongside: z.array(companionView).default([]),
  alongside_more: z.number().int().default(0),
});

const costView = z.object({
  input_tokens: z.number(),
  output_tokens: z.number(),
  dollars: z.number().nullable(),
  seconds: z.number(),
});

const claimView = z.object({
  text: z.string(),
  rests_on: z.array(z.string()),
  sure: z.enum(['confirmed', 'likely']),
});

export const diagnosisView = z.object({
  id,
  anomaly_id: id,
  timestamp: iso,
  verdict: z.enum(['cause', 'inconclusive', 'no_code_cause']),
  root_cause: z.string(),
  affected_components: z.array(z.string()),
  suspects: z.array(
    z.object({
      file: z.string(),
      line: z.number().int(),
      symbol: z.string().nullable(),
      score: z.number(),
      why: z.string(),
      excerpt: z.string().nullable(),
    }),
  ),
  suspect_commits: z.array(
    z.object({
      sha: z.string(),
      subject: z.string(),
      author: z.string(),
      date: iso,
      score: z.number(),
      why: z.string(),
    }),
  ),
  suggested_fix: z.string(),
  confidence: z.number().min(0).max(1),
  sure: z.enum(['confirmed', 'likely', 'inconclusive']),
  claims: z.array(claimView),
  hypotheses: z.array(
    z.object({
      text: z.string(),
      standing: z.enum(['favoured', 'possible', 'ruled_out']),
      for: z.array(claimView),
      against: z.array(claimView),
    }),
  ),
  context: z.array(
    z.object({
      id: z.string(),
      kind: contextKindView,
      title: z.string(),
      text: z.string(),
    }),
  ),
  ai_model: z.string(),
  ai_note: z.string().nullable(),
  /** No provider answered: it is asked again later. */
  unanswered: z.boolean().default(false),
  cost: costView,
});

const testView = z.object({ file: z.string(), name: z.string() });

export const proofView = z.object({
  proven: z.boolean(),
  checks: z.array(
    z.object({
      name: z.enum([
        'policy',
        'tamper',
        'baseline',
        'fails_before',
        'passes_after',
        'suite',
        'fails_reverted',
        'coverage',
        'mutation',
        'monitoring',
        'replay',
      ]),
      result: z.enum(['ok', 'failed', 'not_applicable']),
      detail: z.string(),
      duration_ms: z.number(),
    }),
  ),
  new_tests: z.array(testView),
  known_failures: z.array(testView),
  flaky: z.array(testView),
  toolchain: z.string(),
  rerun: z.array(z.string()),
  sandbox: z.string(),
});

/** A proof that was made again of what is proposed. */
export const verificationView = z.object({
  name: z.string(),
  base_commit: z.string(),
  commit: z.string(),
  holds: z.boolean(),
  proof: proofView,
});

const fixOutcomeView = z.enum([
  'proven',
  'not_proven',
  'no_change',
  'refused',
  'agent_failed',
  'cancelled',
  'budget',
]);

/** The signal by which a fix tells that its fault is back. */
const monitoringView = z.object({
  signal: z.string(),
  library: z.string(),
  file: z.string(),
  line: z.number(),
  alert: z.object({ prometheus: z.string().nullable(), vigilai: z.string() }),
});

export const fixView = z.object({
  id,
  anomaly_id: id,
  diagnosis_id: id,
  timestamp: iso,
  language: z.enum(['javascript', 'typescript', 'python', 'go', 'java', 'ruby']),
  framework: z.string().nullable(),
  branch: z.string(),
  base_branch: z.string(),
  base_commit: z.string(),
  engine: z.string(),
  recorded: z.boolean(),
  files: z.array(z.object({ path: z.string(), change_type: z.enum(['create', 'modify', 'delete']) })),
  proof: proofView.nullable(),
  monitoring: monitoringView.nullable(),
  outcome: fixOutcomeView,
  reason: z.string().nullable(),
  commit: z.string().nullable(),
  artefacts: z.string(),
});

export const planView = z.object({
  anomaly_id: id,
  diagnosis_id: id,
  branch: z.string(),
  base_commit: z.string(),
  base_branch: z.string(),
  title: z.string(),
  brief: z.string(),
  commit_message: z.string(),
  limits: z.object({
    max_files: z.number(),
    max_lines: z.number(),
    rounds: z.number(),
    protected_paths: z.array(z.string()),
    start_ms: z.number(),
    idle_ms: z.number(),
    total_ms: z.number(),
  }),
  proof: z.object({
    runs: z.number(),
    min_coverage: z.number(),
    reproduce: z.array(z.string()).nullable(),
  }),
});

export const pullView = z.object({
  id,
  fix_id: id,
  anomaly_id: id,
  repository: z.string(),
  branch_name: z.string(),
  base_branch: z.string(),
  title: z.string(),
  description: z.string(),
  status: z.enum(['creating', 'open', 'merged', 'closed']),
  github_pr_number: z.number().int().nullable(),
  github_pr_url: z.string().nullable(),
  jira_ticket_id: z.string().nullable(),
  review_status: z.enum(['pending', 'approved', 'changes_requested']),
  timestamp: iso,
});

export type AnomalyView = z.infer<typeof anomalyView>;
export type AnomalyDetailView = z.infer<typeof anomalyDetailView>;
export type DiagnosisView = z.infer<typeof diagnosisView>;
export type VerificationView = z.infer<typeof verificationView>;
export type ProofView = z.infer<typeof proofView>;
export type FixView = z.infer<typeof fixView>;
export type PlanView = z.infer<typeof planView>;
export type PullView = z.infer<typeof pullView>;
