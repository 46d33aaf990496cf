import type { Anomaly } from '../domain/anomaly.ts';
import type { Alongside } from '../domain/companion.ts';
import type { Claim, Diagnosis } from '../domain/diagnosis.ts';
import type { Fix, FixPlan, Proof } from '../domain/fix.ts';
import type { Job } from '../domain/job.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import { isoOf } from './iso.ts';
import { rangeToView, readingToView } from './reading-view.ts';
import type { JobView } from './system-views.ts';
import type {
  AnomalyDetailView,
  AnomalyView,
  DiagnosisView,
  FixView,
  PlanView,
  ProofView,
  PullView,
  VerificationView,
} from './views.ts';

/** Domain nouns in the API's words: snake_case, ISO 8601, `null` for "there is none". */
export function anomalyToView(anomaly: Anomaly): AnomalyView {
  return {
    id: anomaly.id,
    kind: anomaly.kind,
    fingerprint: anomaly.fingerprint,
    title: anomaly.title,
    timestamp: isoOf(anomaly.timestamp),
    event_id: anomaly.eventId,
    source: anomaly.source,
    metric_name: anomaly.metricName,
    metric_value: anomaly.metricValue,
    expected_range: anomaly.expectedRange === null ? null : rangeToView(anomaly.expectedRange),
    confidence: anomaly.confidence,
    status: anomaly.status,
    detection_algorithms: [...anomaly.detectionAlgorithms],
    readings: anomaly.readings.toSorted((a, b) => b.score - a.score).map(readingToView),
    severity: anomaly.severity,
    occurrences: anomaly.occurrences,
    first_seen: isoOf(anomaly.firstSeen),
    last_seen: isoOf(anomaly.lastSeen),
    sample: sampleToView(anomaly.sample),
    recurrence_of: anomaly.recurrenceOf,
    muted_until: anomaly.mutedUntil === null ? null : isoOf(anomaly.mutedUntil),
    diagnosis_id: 'diagnosisId' in anomaly ? anomaly.diagnosisId : null,
    fix_id: 'fixId' in anomaly ? anomaly.fixId : null,
    pull_request_id: 'pullRequestId' in anomaly ? anomaly.pullRequestId : null,
    reason: anomaly.status === 'failed' ? anomaly.reason : null,
  };
}

/** With the values around its opening. */
export function anomalyToDetail(anomaly: Anomaly): AnomalyDetailView {
  const course = anomaly.course.map(({ time, value, expected }) => ({
    time: isoOf(time),
    value,
    expected: expected === null ? null : rangeToView(expected),
  }));
  return { ...anomalyToView(anomaly), course, ...alongsideToView(anomaly.alongside) };
}

export function alongsideToView({ series, count }: Alongside): AlongsideView {
  const alongside = series.map(({ name, value, expected }) => ({
    name,
    value,
    expected: expected === null ? null : rangeToView(expected),
  }));
  return { alongside, alongside_more: count - series.length };
}

type AlongsideView = Pick<AnomalyDetailView, 'alongside' | 'alongside_more'>;

function sampleToView(sample: Anomaly['sample']): AnomalyView['sample'] {
  return {
    text: sample.text,
    before: [...sample.before],
    template: sample.template,
    labels: { ...sample.labels },
    error_type: sample.trace?.errorType ?? null,
    frames: (sample.trace?.frames ?? []).map(({ inApp, ...frame }) => ({ ...frame, in_app: inApp })),
  };
}

export function diagnosisToView(diagnosis: Diagnosis): DiagnosisView {
  const { cost } = diagnosis;
  return {
    id: diagnosis.id,
    anomaly_id: diagnosis.anomalyId,
    timestamp: isoOf(diagnosis.timestamp),
    verdict: diagnosis.verdict,
    root_cause: diagnosis.rootCause,
    affected_components: [...diagnosis.affectedComponents],
    suspects: diagnosis.suspects.map((suspect) => ({ ...suspect })),
    suspect_commits: diagnosis.suspectCommits.map((commit) => ({ ...commit, date: isoOf(commit.date) })),
    suggested_fix: diagnosis.suggestedFix,
    confidence: diagnosis.confidence,
    sure: diagnosis.sure,
    claims: claimsToView(diagnosis.claims),
    hypotheses: diagnosis.hypotheses.map((one) => ({
      text: one.text,
      standing: one.standing,
      for: claimsToView(one.for),
      against: claimsToView(one.against),
    })),
    context: diagnosis.context.map((item) => ({ ...item })),
    ai_model: diagnosis.aiModel,
    ai_note: diagnosis.aiNote,
    unanswered: diagnosis.unanswered,
    cost: {
      input_tokens: cost.inputTokens,
      output_tokens: cost.outputTokens,
      dollars: cost.dollars,
      seconds: cost.seconds,
    },
  };
}

function claimsToView(claims: readonly Claim[]): DiagnosisView['claims'] {
  return claims.map(({ text, restsOn, sure }) => ({ text, rests_on: [...restsOn], sure }));
}

export function fixToView(fix: Fix): FixView {
  const { outcome } = fix;
  return {
    id: fix.id,
    anomaly_id: fix.anomalyId,
    diagnosis_id: fix.diagnosisId,
    timestamp: isoOf(fix.timestamp),
    language: fix.language,
    framework: fix.framework,
    branch: fix.branch,
    base_branch: fix.baseBranch,
    base_commit: fix.baseCommit,
    engine: fix.engine,
    recorded: fix.recorded,
    files: fix.files.map((file) => ({ path: file.path, change_type: file.changeType })),
    proof: fix.proof === null ? null : proofToView(fix.proof),
    monitoring: fix.monitoring,
    outcome: outcome.end,
    reason: 'reason' in outcome ? outcome.reason : null,
    commit: outcome.end === 'proven' ? outcome.commit : null,
    artefacts: fix.artefacts,
  };
}

function proofToView(proof: Proof): ProofView {
  return {
    proven: proof.proven,
    checks: proof.checks.map(({ name, result, detail, durationMs }) => ({
      name,
      result,
      detail,
      duration_ms: durationMs,
    })),
    new_tests: proof.newTests.map((test) => ({ ...test })),
    known_failures: proof.knownFailures.map((test) => ({ ...test })),
    flaky: proof.flaky.map((test) => ({ ...test })),
    toolchain: proof.toolchain,
    rerun: [...proof.rerun],
    sandbox: proof.sandbox,
  };
}

/** What `verify` found, for `--json`. */
export function verificationToView({
  proposal,
  proof,
}: {
  readonly proposal: { readonly name: string; readonly baseCommit: string; readonly commit: string };
  readonly proof: Proof;
}): VerificationView {
  return {
    name: proposal.name,
    base_commit: proposal.baseCommit,
    commit: proposal.commit,
    holds: proof.proven,
    proof: proofToView(proof),
  };
}

export function planToView(plan: FixPlan): PlanView {
  const { limits, proof } = plan;
  return {
    anomaly_id: plan.anomalyId,
    diagnosis_id: plan.diagnosisId,
    branch: plan.branch,
    base_commit: plan.baseCommit,
    base_branch: plan.baseBranch,
    title: plan.title,
    brief: plan.brief,
    commit_message: plan.commitMessage,
    limits: {
      max_files: limits.maxFiles,
      max_lines: limits.maxLines,
      rounds: limits.rounds,
      protected_paths: [...limits.protectedPaths],
      start_ms: limits.startMs,
      idle_ms: limits.idleMs,
      total_ms: limits.totalMs,
    },
    proof: {
      runs: proof.runs,
      min_coverage: proof.minCoverage,
      reproduce: proof.reproduce === null ? null : [...proof.reproduce],
    },
  };
}

export function pullToView(pull: PullRequest): PullView {
  return {
    id: pull.id,
    fix_id: pull.fixId,
    anomaly_id: pull.anomalyId,
    repository: pull.repository,
    branch_name: pull.branchName,
    base_branch: pull.baseBranch,
    title: pull.title,
    description: pull.description,
    status: pull.status,
    github_pr_number: pull.githubPrNumber,
    github_pr_url: pull.githubPrUrl,
    jira_ticket_id: pull.jiraTicketId,
    review_status: pull.reviewStatus,
    timestamp: isoOf(pull.timestamp),
  };
}

export function jobToView(job: Job): JobView {
  return {
    job_id: job.id,
    kind: job.kind,
    subject: job.subject,
    result_id: job.resultId,
    status: job.status,
    attempts: job.attempts,
    progress: job.progress,
    step: job.step,
    error: job.error,
    not_before: job.notBefore === null ? null : isoOf(job.notBefore),
  };
}
