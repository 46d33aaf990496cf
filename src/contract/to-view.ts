import type { z } from 'zod';
import type { Anomaly } from '../domain/anomaly.ts';
import type { Evidence, Range, Reading } from '../domain/detection.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import { explain } from '../domain/explain.ts';
import type { Fix, FixPlan, Proof } from '../domain/fix.ts';
import type { Job } from '../domain/job.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import type { JobView } from './system-views.ts';
import type {
  AnomalyDetailView,
  AnomalyView,
  DiagnosisView,
  evidenceView,
  FixView,
  PlanView,
  PullView,
  proofView,
  readingView,
} from './views.ts';

/** Domain nouns in the API's words: snake_case, ISO 8601, `null` for "there is none". */
export function anomalyToView(anomaly: Anomaly): AnomalyView {
  return {
    id: anomaly.id,
    kind: anomaly.kind,
    fingerprint: anomaly.fingerprint,
    title: anomaly.title,
    timestamp: iso(anomaly.timestamp),
    event_id: anomaly.eventId,
    source: anomaly.source,
    metric_name: anomaly.metricName,
    metric_value: anomaly.metricValue,
    expected_range: anomaly.expectedRange === null ? null : pair(anomaly.expectedRange),
    confidence: anomaly.confidence,
    status: anomaly.status,
    detection_algorithms: [...anomaly.detectionAlgorithms],
    readings: anomaly.readings.toSorted((a, b) => b.score - a.score).map(readingToView),
    severity: anomaly.severity,
    occurrences: anomaly.occurrences,
    first_seen: iso(anomaly.firstSeen),
    last_seen: iso(anomaly.lastSeen),
    sample: sampleToView(anomaly.sample),
    recurrence_of: anomaly.recurrenceOf,
    muted_until: anomaly.mutedUntil === null ? null : iso(anomaly.mutedUntil),
    diagnosis_id: 'diagnosisId' in anomaly ? anomaly.diagnosisId : null,
    fix_id: 'fixId' in anomaly ? anomaly.fixId : null,
    pull_request_id: 'pullRequestId' in anomaly ? anomaly.pullRequestId : null,
    reason: anomaly.status === 'failed' ? anomaly.reason : null,
  };
}

/** With the values around its opening. */
export function anomalyToDetail(anomaly: Anomaly): AnomalyDetailView {
  const course = anomaly.course.map(({ time, value, expected }) => ({
    time: iso(time),
    value,
    expected: expected === null ? null : pair(expected),
  }));
  return { ...anomalyToView(anomaly), course };
}

function pair([low, high]: Range): [number, number] {
  return [low, high];
}

function readingToView(reading: Reading): z.infer<typeof readingView> {
  return {
    detector: reading.detector,
    score: reading.score,
    text: explain(reading.evidence),
    evidence: evidenceToView(reading.evidence),
  };
}

function evidenceToView(evidence: Evidence): z.infer<typeof evidenceView> {
  switch (evidence.kind) {
    case 'deviation':
      return deviationToView(evidence);
    case 'new_template':
      return { ...evidence };
    case 'new_error':
      return {
        kind: evidence.kind,
        error_type: evidence.errorType,
        where: evidence.where,
        learned: evidence.learned,
      };
    case 'rate':
      return {
        kind: evidence.kind,
        per_minute: evidence.perMinute,
        usual_per_minute: evidence.usualPerMinute,
        learned: evidence.learned,
        since: iso(evidence.since),
      };
    case 'silence':
      return { kind: evidence.kind, quiet_ms: evidence.quietMs, usual_gap_ms: evidence.usualGapMs };
    case 'mix': {
      const { usualDivergence, usualShare, ...same } = evidence;
      return { ...same, usual_divergence: usualDivergence, usual_share: usualShare };
    }
    case 'new_value':
      return { ...evidence, usual: [...evidence.usual] };
    case 'together': {
      const { timesADay, since, metrics, ...same } = evidence;
      return { ...same, metrics: [...metrics], since: iso(since), times_a_day: timesADay };
    }
  }
}

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
    timestamp: iso(diagnosis.timestamp),
    verdict: diagnosis.verdict,
    root_cause: diagnosis.rootCause,
    affected_components: [...diagnosis.affectedComponents],
    suspects: diagnosis.suspects.map((suspect) => ({ ...suspect })),
    suspect_commits: diagnosis.suspectCommits.map((commit) => ({ ...commit, date: iso(commit.date) })),
    suggested_fix: diagnosis.suggestedFix,
    confidence: diagnosis.confidence,
    sure: diagnosis.sure,
    claims: diagnosis.claims.map((claim) => ({ text: claim.text, rests_on: [...claim.restsOn] })),
    context: diagnosis.context.map((item) => ({ ...item })),
    ai_model: diagnosis.aiModel,
    ai_note: diagnosis.aiNote,
    cost: {
      input_tokens: cost.inputTokens,
      output_tokens: cost.outputTokens,
      dollars: cost.dollars,
      seconds: cost.seconds,
    },
  };
}

export function fixToView(fix: Fix): FixView {
  const { outcome } = fix;
  return {
    id: fix.id,
    anomaly_id: fix.anomalyId,
    diagnosis_id: fix.diagnosisId,
    timestamp: iso(fix.timestamp),
    language: fix.language,
    framework: fix.framework,
    branch: fix.branch,
    base_branch: fix.baseBranch,
    base_commit: fix.baseCommit,
    engine: fix.engine,
    recorded: fix.recorded,
    files: fix.files.map((file) => ({ path: file.path, change_type: file.changeType })),
    proof: fix.proof === null ? null : proofToView(fix.proof),
    outcome: outcome.end,
    reason: 'reason' in outcome ? outcome.reason : null,
    commit: outcome.end === 'proven' ? outcome.commit : null,
    artefacts: fix.artefacts,
  };
}

function proofToView(proof: Proof): z.infer<typeof proofView> {
  return {
    proven: proof.proven,
    checks: proof.checks.map((check) => ({ ...check })),
    new_tests: proof.newTests.map((test) => ({ ...test })),
    toolchain: proof.toolchain,
    rerun: [...proof.rerun],
    sandbox: proof.sandbox,
  };
}

export function planToView(plan: FixPlan): PlanView {
  const { limits } = plan;
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
      protected_paths: [...limits.protectedPaths],
      start_ms: limits.startMs,
      idle_ms: limits.idleMs,
      total_ms: limits.totalMs,
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
    timestamp: iso(pull.timestamp),
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
  };
}

/** Epoch milliseconds as the wire writes them. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function deviationToView(evidence: Extract<Evidence, { kind: 'deviation' }>) {
  const { timesADay, spanMs, since, expected, ...same } = evidence;
  return {
    ...same,
    span_ms: spanMs,
    since: iso(since),
    expected: expected === null ? null : pair(expected),
    times_a_day: timesADay,
  };
}
