import type { ChangeView, JobView, StatusView } from '../contract/system-views.ts';
import type { AnomalyView, DiagnosisView } from '../contract/views.ts';

/** Everything that the live view shows. */
export interface LiveState {
  /** Null until the daemon has told. */
  readonly status: StatusView | null;
  /** Newest first. */
  readonly anomalies: readonly AnomalyView[];
  /** Unfinished jobs by id. */
  readonly jobs: ReadonlyMap<string, JobView>;
  readonly selected: string | null;
  /** The selected anomaly is shown in full. */
  readonly open: boolean;
  /** By anomaly id, as far as they were asked for. */
  readonly diagnoses: ReadonlyMap<string, DiagnosisView>;
  /** One word to the person: what a key did, or what went wrong. */
  readonly note: string | null;
}

export type Key = 'up' | 'down' | 'enter' | 'back' | 'diagnose' | 'fix' | 'dismiss' | 'quit';

export type Happening =
  | { readonly kind: 'change'; readonly change: ChangeView }
  | { readonly kind: 'listed'; readonly anomalies: readonly AnomalyView[] }
  | { readonly kind: 'diagnosis'; readonly diagnosis: DiagnosisView }
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'note'; readonly text: string };

/** What somebody outside has to do. */
export type Effect =
  | { readonly do: 'diagnose' | 'fix' | 'dismiss'; readonly anomaly: string }
  | { readonly do: 'load-diagnosis'; readonly diagnosis: string }
  | { readonly do: 'quit' };

export interface Step {
  readonly state: LiveState;
  readonly effects: readonly Effect[];
}

export const EMPTY: LiveState = {
  status: null,
  anomalies: [],
  jobs: new Map(),
  selected: null,
  open: false,
  diagnoses: new Map(),
  note: null,
};

/** More are not of interest in a live view, and must not pile up over days. */
const MOST = 200;

const CLOSED: readonly AnomalyView['status'][] = ['resolved', 'false_positive'];

/** The next state and what is to be done. Pure. */
export function reduce(state: LiveState, happening: Happening): Step {
  switch (happening.kind) {
    case 'change':
      return changed(state, happening.change);
    case 'listed':
      return still(select({ ...state, anomalies: newestFirst(happening.anomalies.filter(isOpen)) }));
    case 'diagnosis':
      return still({ ...state, diagnoses: withDiagnosis(state, happening.diagnosis) });
    case 'key':
      return pressed(state, happening.key);
    case 'note':
      return still({ ...state, note: happening.text });
  }
}

function still(state: LiveState): Step {
  return { state, effects: [] };
}

function isOpen({ status }: AnomalyView): boolean {
  return !CLOSED.includes(status);
}

function newestFirst(anomalies: readonly AnomalyView[]): readonly AnomalyView[] {
  return anomalies.toSorted((a, b) => b.first_seen.localeCompare(a.first_seen)).slice(0, MOST);
}

/** A selection that is gone falls on the newest. */
function select(state: LiveState): LiveState {
  if (state.anomalies.some(({ id }) => id === state.selected)) return state;
  return { ...state, selected: state.anomalies[0]?.id ?? null, open: false };
}

function changed(state: LiveState, change: ChangeView): Step {
  switch (change.kind) {
    case 'status':
      return still({
        ...state,
        status: change.status,
        jobs: new Map(change.status.jobs_active.map((job) => [job.job_id, job])),
      });
    case 'job':
      return still({ ...state, jobs: withJob(state, change.job) });
    case 'anomaly':
      return withAnomaly(state, change.anomaly);
  }
}

function withJob({ jobs }: LiveState, job: JobView): ReadonlyMap<string, JobView> {
  const next = new Map(jobs);
  if (job.status === 'queued' || job.status === 'processing') next.set(job.job_id, job);
  else next.delete(job.job_id);
  return next;
}

function withAnomaly(state: LiveState, anomaly: AnomalyView): Step {
  const others = state.anomalies.filter(({ id }) => id !== anomaly.id);
  const anomalies = isOpen(anomaly) ? newestFirst([anomaly, ...others]) : others;
  const next = select({ ...state, anomalies });
  return { state: next, effects: next.open && next.selected === anomaly.id ? wanting(next) : [] };
}

function withDiagnosis({ diagnoses, anomalies }: LiveState, diagnosis: DiagnosisView) {
  const shown = [...diagnoses].filter(([anomaly]) => anomalies.some(({ id }) => id === anomaly));
  return new Map([...shown, [diagnosis.anomaly_id, diagnosis]]);
}

function pressed(state: LiveState, key: Key): Step {
  switch (key) {
    case 'up':
      return still(moved(state, -1));
    case 'down':
      return still(moved(state, 1));
    case 'enter': {
      const next = { ...state, open: state.selected !== null && !state.open, note: null };
      return { state: next, effects: next.open ? wanting(next) : [] };
    }
    case 'back':
      return still({ ...state, open: false, note: null });
    case 'quit':
      return { state, effects: [{ do: 'quit' }] };
    case 'diagnose':
    case 'fix':
    case 'dismiss':
      return asked(state, key);
  }
}

function moved(state: LiveState, by: -1 | 1): LiveState {
  const at = state.anomalies.findIndex(({ id }) => id === state.selected);
  const next = state.anomalies[Math.min(state.anomalies.length - 1, Math.max(0, at + by))];
  return { ...state, selected: next?.id ?? null, open: false, note: null };
}

const ASKED = { diagnose: 'diagnosing', fix: 'fixing', dismiss: 'dismissing' } as const;

function asked(state: LiveState, what: keyof typeof ASKED): Step {
  const { selected } = state;
  if (selected === null) return still({ ...state, note: 'no anomaly to choose yet' });
  return {
    state: { ...state, note: `${ASKED[what]} ${selected.slice(0, 8)}` },
    effects: [{ do: what, anomaly: selected }],
  };
}

/** The diagnosis of the anomaly that is shown, if it exists and is not here yet. */
function wanting({ selected, anomalies, diagnoses }: LiveState): readonly Effect[] {
  const diagnosis = anomalies.find(({ id }) => id === selected)?.diagnosis_id ?? null;
  if (selected === null || diagnosis === null || diagnoses.get(selected)?.id === diagnosis) return [];
  return [{ do: 'load-diagnosis', diagnosis }];
}
