import { z } from 'zod';
import { contextView } from './context-view.ts';
import { deadView, jobView, rollupView, statusView } from './system-views.ts';
import {
  anomalyDetailView,
  anomalyStatusView,
  anomalyView,
  diagnosisView,
  fixView,
  planView,
  pullView,
} from './views.ts';

const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
const byId = z.object({ id: z.string().min(1).max(64) });
const iso = z.iso.datetime({ offset: true });
const limit = z.coerce.number().int().min(1).max(500).default(50);
const accepted = z.object({ status: z.string(), job_id: z.uuid(), estimated_completion: z.iso.datetime() });

/** Its inbox on the disk is named by it, percent-encoded: file names have at most 255 bytes. */
const sourceName = z
  .string()
  .regex(/^\P{C}+$/u, 'no control characters')
  .max(64)
  .refine((name) => !/^\P{C}+$/u.test(name) || encodeURIComponent(name).length <= 192, 'too long');

const eventIn = z.object({
  timestamp: iso.optional(),
  source: sourceName,
  type: z.enum(['metric', 'log', 'error']),
  data: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.string()).default({}),
});

/**
 * Every route: method, path, what goes in and what comes out. Ids in paths may be shortened; `last` is the newest
 * anomaly. Errors are `application/problem+json` (`problemView`).
 */
export const routes = {
  detect: {
    method: 'POST',
    path: '/api/v1/anomalies/detect',
    body: z.object({ events: z.array(eventIn).min(1).max(1000) }),
    response: {
      200: z.object({
        results: z.array(
          z.object({
            event_id: z.uuid(),
            is_anomaly: z.boolean(),
            confidence: z.number().min(0).max(1),
            anomaly_id: z.uuid().nullable(),
          }),
        ),
      }),
    },
  },
  /**
   * Takes events in: as `{events: [...]}`, as an array, or as NDJSON. They are durable before the answer, and judged soon
   * after. 429 with Retry-After when too many wait.
   */
  ingest: {
    method: 'POST',
    path: '/api/v1/events',
    body: z.object({ events: z.array(eventIn).min(1).max(10_000) }),
    response: { 202: z.object({ accepted: z.number().int() }) },
  },
  listAnomalies: {
    method: 'GET',
    path: '/api/v1/anomalies',
    querystring: z.object({
      status: anomalyStatusView.optional(),
      start_date: iso.optional(),
      end_date: iso.optional(),
      confidence_min: z.coerce.number().min(0).max(1).optional(),
      source: z.string().optional(),
      after: z.string().optional(),
      limit,
    }),
    response: { 200: page(anomalyView) },
  },
  showAnomaly: {
    method: 'GET',
    path: '/api/v1/anomalies/:id',
    params: byId,
    response: { 200: anomalyDetailView },
  },
  closeAnomaly: {
    method: 'POST',
    path: '/api/v1/anomalies/:id/close',
    params: byId,
    body: z.object({ as: z.enum(['resolved', 'false_positive']) }),
    response: { 200: anomalyView },
  },
  /** For so many minutes it is not told again unless it is clearly worse; 0 ends that. */
  muteAnomaly: {
    method: 'POST',
    path: '/api/v1/anomalies/:id/mute',
    params: byId,
    body: z.object({ minutes: z.number().min(0).max(525_600) }),
    response: { 200: anomalyView },
  },
  analyze: {
    method: 'POST',
    path: '/api/v1/diagnosis/analyze',
    body: z.object({
      anomaly_id: z.string(),
      priority: z.enum(['low', 'normal', 'high']).default('normal'),
      offline: z.boolean().default(false),
    }),
    response: { 202: accepted.extend({ diagnosis_id: z.uuid() }) },
  },
  showDiagnosis: {
    method: 'GET',
    path: '/api/v1/diagnosis/:id',
    params: byId,
    response: { 200: diagnosisView },
  },
  prompt: {
    method: 'GET',
    path: '/api/v1/diagnosis/prompt',
    querystring: z.object({ anomaly_id: z.string() }),
    response: { 200: z.object({ system: z.string(), prompt: z.string(), goes_to: z.array(z.string()) }) },
  },
  /** What evidence a diagnosis would tell, and what not. */
  context: {
    method: 'GET',
    path: '/api/v1/diagnosis/context',
    querystring: z.object({ anomaly_id: z.string() }),
    response: { 200: contextView },
  },
  generate: {
    method: 'POST',
    path: '/api/v1/code/generate',
    body: z.object({
      /** One of the two; `anomaly_id` takes its newest diagnosis, and diagnoses first where there is none. */
      diagnosis_id: z.string().optional(),
      anomaly_id: z.string().optional(),
      repository: z.string().optional(),
      target_branch: z.string().optional(),
      engine: z.string().optional(),
      open_pr: z.boolean().default(false),
      reviewers: z.array(z.string()).default([]),
    }),
    response: { 202: accepted.extend({ fix_id: z.uuid() }) },
  },
  plan: {
    method: 'GET',
    path: '/api/v1/code/plan',
    querystring: z.object({ anomaly_id: z.string() }),
    response: { 200: planView },
  },
  showFix: { method: 'GET', path: '/api/v1/code/fixes/:id', params: byId, response: { 200: fixView } },
  createPull: {
    method: 'POST',
    path: '/api/v1/github/create-pr',
    body: z.object({
      fix_id: z.string(),
      repository: z.string().optional(),
      base_branch: z.string().optional(),
      reviewers: z.array(z.string()).default([]),
    }),
    response: {
      201: z.object({ pr_id: z.uuid(), github_pr_number: z.number().int(), github_pr_url: z.string() }),
      202: accepted.extend({ pr_id: z.uuid() }),
    },
  },
  listPulls: {
    method: 'GET',
    path: '/api/v1/github/prs',
    querystring: z.object({
      status: pullView.shape.status.optional(),
      repository: z.string().optional(),
      after: z.string().optional(),
      limit,
    }),
    response: { 200: page(pullView) },
  },
  dashboard: {
    method: 'GET',
    path: '/api/v1/dashboard/metrics',
    response: {
      200: z.object({
        total_anomalies: z.number().int(),
        total_diagnoses: z.number().int(),
        total_fixes: z.number().int(),
        total_prs: z.number().int(),
        /** Null until a fix has been merged. */
        average_mttr_seconds: z.number().nullable(),
        fix_success_rate: z.number().nullable(),
      }),
    },
  },
  /** Anomalies by the hour or day in which they were first seen (UTC), oldest first; none is left out. */
  trends: {
    method: 'GET',
    path: '/api/v1/dashboard/trends',
    querystring: z.object({
      start_date: iso.optional(),
      end_date: iso.optional(),
      granularity: z.enum(['hour', 'day']).default('day'),
    }),
    response: {
      200: z.object({
        granularity: z.enum(['hour', 'day']),
        points: z.array(
          z.object({ time: z.iso.datetime(), anomalies: z.number().int(), occurrences: z.number().int() }),
        ),
      }),
    },
  },
  /** Hours of one series, for drawing: `series` as `GET /api/v1/series` names it. */
  rollups: {
    method: 'GET',
    path: '/api/v1/rollups',
    querystring: z.object({
      source: z.string().min(1),
      series: z.string().min(1),
      start_date: iso.optional(),
      end_date: iso.optional(),
    }),
    response: { 200: z.object({ points: z.array(rollupView) }) },
  },
  /** Series of a source that have hours. */
  series: {
    method: 'GET',
    path: '/api/v1/series',
    querystring: z.object({ source: z.string().min(1) }),
    response: { 200: z.object({ series: z.array(z.string()) }) },
  },
  /** Records that could not be read, newest first. */
  listDead: {
    method: 'GET',
    path: '/api/v1/dead',
    querystring: z.object({ source: z.string().optional(), after: z.string().optional(), limit }),
    response: { 200: page(deadView) },
  },
  showDead: { method: 'GET', path: '/api/v1/dead/:id', params: byId, response: { 200: deadView } },
  /** Reads it once more. What fails again is a new dead letter. */
  retryDead: {
    method: 'POST',
    path: '/api/v1/dead/:id/retry',
    params: byId,
    response: { 200: z.object({ status: z.enum(['read', 'failed_again']) }) },
  },
  dropDead: {
    method: 'DELETE',
    path: '/api/v1/dead/:id',
    params: byId,
    response: { 200: z.object({ status: z.literal('dropped') }) },
  },
  showJob: { method: 'GET', path: '/api/v1/jobs/:id', params: byId, response: { 200: jobView } },
  cancelJob: { method: 'POST', path: '/api/v1/jobs/:id/cancel', params: byId, response: { 202: jobView } },
  /** Attaches a journal (the output of a wrapped command, or stdin) as a source until it ends. */
  attachJournal: {
    method: 'POST',
    path: '/api/v1/sources',
    body: z.object({ name: z.string().regex(/^[\w.-]{1,64}$/), journal: z.string() }),
    response: { 201: z.object({ name: z.string() }) },
  },
  status: { method: 'GET', path: '/api/v1/status', response: { 200: statusView } },
  stop: {
    method: 'POST',
    path: '/api/v1/stop',
    response: { 202: z.object({ status: z.literal('stopping') }) },
  },
  /** `text/event-stream` of `changeView`; a `status` about once a second while someone listens. */
  stream: { method: 'GET', path: '/api/v1/stream', response: {} },
  live: { method: 'GET', path: '/health/live', response: { 200: z.object({ status: z.literal('ok') }) } },
  ready: {
    method: 'GET',
    path: '/health/ready',
    response: {
      200: z.object({ status: z.literal('ready'), version: z.string() }),
      503: z.object({ status: z.literal('starting'), version: z.string() }),
    },
  },
  metrics: { method: 'GET', path: '/metrics', response: {} },
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
