import { z } from 'zod';
import { iso } from './iso.ts';
import { anomalyView } from './views.ts';

const id = z.uuid();

export const jobView = z.object({
  job_id: id,
  kind: z.enum(['diagnose', 'fix', 'open-pr']),
  subject: id,
  result_id: id,
  status: z.enum(['queued', 'processing', 'completed', 'failed', 'dead', 'cancelled']),
  attempts: z.number().int(),
  progress: z.number().min(0).max(1),
  step: z.string(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Until then it waits by itself; null where it is due at once. */
  not_before: iso.nullable().default(null),
});

/** State of one series that detectors learn, for warm-up display. */
const seriesView = z.object({
  name: z.string(),
  state: z.enum(['training', 'normal', 'alerting']),
  seen: z.number().int(),
  needed: z.number().int(),
  /** Points learnt in all. */
  points: z.number().int(),
  /** Detectors that say nothing yet, with the points they still need; `sparse`: not within a week. */
  waiting: z.array(z.object({ detector: z.string(), missing: z.number().int(), sparse: z.boolean() })),
});

export const sourceView = z.object({
  name: z.string(),
  type: z.string(),
  state: z.enum(['waiting', 'reading', 'idle', 'ended', 'failing']),
  /** Events a second over the last ten seconds. */
  rate: z.number(),
  events: z.number().int(),
  lag_bytes: z.number(),
  streams: z.number().int(),
  dropped: z.number().int(),
  last_error: z.string().nullable(),
  training: z.object({ training: z.number().int(), normal: z.number().int(), alerting: z.number().int() }),
  series: z.array(seriesView),
});

/** A record that could not be read. */
export const deadView = z.object({
  id,
  source: z.string(),
  stream: z.string(),
  offset: z.number(),
  at: iso,
  reason: z.string(),
  text: z.string(),
});

/** One hour of one series. */
export const rollupView = z.object({
  hour: iso,
  count: z.number(),
  mean: z.number(),
  min: z.number(),
  max: z.number(),
});

/** What is kept, how much of the disk it takes, and what will be deleted before its time. */
export const retentionView = z.object({
  days: z.number(),
  store: z.enum(['default', 'all']),
  size_bytes: z.number(),
  max_bytes: z.number().nullable(),
  /** Null while all is within its bounds. */
  warning: z.string().nullable(),
});

export const statusView = z.object({
  version: z.string(),
  pid: z.number().int(),
  workspace: z.string(),
  started_at: iso,
  uptime_seconds: z.number(),
  clients: z.number().int(),
  automation: z.enum(['observe', 'diagnose', 'stage', 'open-pr']),
  state_path: z.string(),
  sources: z.array(sourceView),
  /** Records that could not be read and are set aside. */
  dead_letters: z.number().int(),
  /** Accepted records that wait to be read, of all receivers. */
  backlog: z.number().int(),
  retention: retentionView,
  anomalies_open: z.number().int(),
  jobs_active: z.array(jobView),
});

/** RFC 9457, with our code and the next step. */
export const problemView = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  hint: z.string(),
  exit: z.number().int(),
});

/** One message of the change stream. */
export const changeView = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('anomaly'),
    change: z.enum(['opened', 'joined', 'returned', 'moved']),
    anomaly: anomalyView,
  }),
  z.object({ kind: z.literal('job'), job: jobView }),
  z.object({ kind: z.literal('status'), status: statusView }),
]);

export type JobView = z.infer<typeof jobView>;
export type SeriesView = z.infer<typeof seriesView>;
export type SourceView = z.infer<typeof sourceView>;
export type StatusView = z.infer<typeof statusView>;
export type DeadView = z.infer<typeof deadView>;
export type RetentionView = z.infer<typeof retentionView>;
export type ProblemView = z.infer<typeof problemView>;
export type ChangeView = z.infer<typeof changeView>;
