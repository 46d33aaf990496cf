import { exception } from '../../detectors/logs/exception.ts';
import { isErrorLevel, newTemplate } from '../../detectors/logs/new-template.ts';
import { split } from '../../detectors/memory/parts.ts';
import type { Level } from '../../domain/event.ts';
import { redact } from '../../domain/redact.ts';
import type { Episodes, Occurrence } from '../episodes/episodes.ts';
import { errorFacts, messageFacts } from '../episodes/facts.ts';
import { isTime } from '../event-clock.ts';
import { judge, ofEpisode, type Verdict } from '../gate.ts';
import { concat, packJson, packNumbers, unpackJson, unpackNumbers } from '../memory.ts';
import type { Observed } from '../observed.ts';
import { placeOf } from '../traces/place.ts';
import { kindId, Messages, messageFingerprint } from './counted.ts';
import { Miner, type SavedTemplate } from './miner.ts';
import { templateText } from './template.ts';

export { type Messages, messageFingerprint } from './counted.ts';

/** What was made of one record by itself. */
export interface Noted {
  readonly fingerprint: string | null;
  /** Null when nothing is to be said of it. */
  readonly verdict: Verdict | null;
  /** Index of its template; -1 for an exception. */
  readonly template: number;
  /** It belongs to an open episode. */
  readonly explained: boolean;
}

/** Finds what is noteworthy in a single record: an exception never seen, a message never seen. */
export interface Noteworthy {
  note(observed: Observed, now: number): Noted;
  readonly messages: Messages;
  /** Messages learnt, and how many are needed before a new one is news. */
  training(): { readonly seen: number; readonly needed: number };
  changes(): ReadonlyMap<string, Uint8Array>;
  restore(memory: ReadonlyMap<string, Uint8Array>): void;
}

interface State {
  readonly source: string;
  readonly episodes: Episodes;
  readonly mine: Miner;
  readonly novelty: ReturnType<typeof newTemplate>;
  readonly thrown: ReturnType<typeof exception>;
  /** Fingerprints of the exceptions that were seen. */
  readonly errors: Set<string>;
  /** Kinds of messages whose records an episode counts. */
  readonly watched: Set<number>;
  /** What most messages are: one object serves them all, since they are on the way of each line. */
  readonly ordinary: {
    readonly message: { time: number; level: Level | null; fresh: boolean; template: string };
    /** By template index. */
    readonly noted: Noted[];
  };
  touched: boolean;
  savedVersion: number;
  savedErrors: number;
  savedWatched: string;
}

export function noteworthy(source: string, episodes: Episodes): Noteworthy {
  const state: State = {
    source,
    episodes,
    mine: new Miner(),
    novelty: newTemplate(),
    thrown: exception(),
    errors: new Set(),
    watched: new Set(),
    ordinary: { message: { time: 0, level: null, fresh: false, template: '' }, noted: [] },
    touched: false,
    savedVersion: 0,
    savedErrors: 0,
    savedWatched: '',
  };
  return {
    note(observed, now) {
      state.touched = true;
      return observed.trace === null ? noteMessage(state, observed, now) : noteError(state, observed, now);
    },
    messages: new Messages(state.mine),
    training: () => ({ seen: state.novelty.seen, needed: state.novelty.needed }),
    changes: () => changesOf(state),
    restore: (memory) => restoreInto(state, memory),
  };
}

/** Name of a part of the memory; its form is another one than that of `templates` in older databases. */
const TEMPLATES = 'message-templates';

/** Exceptions that are remembered as seen. */
const MOST_ERRORS = 5000;

/** A record whose time is none happened when it was read; its anomaly could not be saved otherwise. */
function dated(observed: Observed, now: number): Observed {
  return isTime(observed.timestamp) ? observed : { ...observed, timestamp: now };
}

function noteError(state: State, observed: Observed, now: number): Noted {
  const { source, errors, thrown, mine } = state;
  const trace = observed.trace;
  const errorType = redact(trace?.errorType ?? 'Error');
  const where = trace && placeOf(trace);
  const at = where ?? kindId(mine, mine.mine(observed.message, observed.level).template);
  const fingerprint = `error:${source}:${errorType}@${at}`;
  const verdict = judge([thrown], { fresh: !errors.has(fingerprint), errorType, where });
  if (errors.size < MOST_ERRORS) errors.add(fingerprint);
  const facts = (confidence: number) =>
    errorFacts(dated(observed, now), fingerprint, { ...verdict, confidence });
  return noted(state, verdict, -1, { fingerprint, time: now, returns: true, facts });
}

function noteMessage(state: State, observed: Observed, now: number): Noted {
  const { novelty, thrown, watched, source } = state;
  const { level } = observed;
  const { template, fresh } = state.mine.mine(observed.message, level);
  const { index, kind } = template;
  thrown.pass();
  if (!fresh && (watched.size === 0 || !watched.has(kind))) {
    const { ordinary } = state;
    ordinary.message.time = now;
    ordinary.message.level = level;
    novelty.learn(ordinary.message);
    return (ordinary.noted[index] ??= {
      fingerprint: null,
      verdict: null,
      template: index,
      explained: false,
    });
  }
  const text = templateText(template);
  const fingerprint = messageFingerprint(source, kindId(state.mine, template));
  const verdict = judge([novelty], { time: now, level, fresh, template: text });
  const facts = (confidence: number) =>
    messageFacts(dated(observed, now), fingerprint, { ...verdict, confidence }, text);
  // An error that was news once is news again after it was gone; what is ordinary by now is not.
  const returns = watched.has(kind) && isErrorLevel(level);
  const made = noted(state, verdict, index, { fingerprint, time: now, returns, facts });
  if (made.explained || returns) watched.add(kind);
  else watched.delete(kind);
  return made;
}

function noted(
  { episodes }: State,
  verdict: Verdict,
  template: number,
  occurrence: Omit<Occurrence, 'isAnomaly' | 'confidence' | 'value' | 'gap'>,
): Noted {
  const { isAnomaly, confidence } = verdict;
  const ongoing = episodes.observe({ ...occurrence, isAnomaly, confidence, value: null, gap: 0 });
  return {
    fingerprint: occurrence.fingerprint,
    verdict: ongoing === null ? verdict : ofEpisode(verdict, ongoing),
    template,
    explained: ongoing !== null,
  };
}

function changesOf(state: State): ReadonlyMap<string, Uint8Array> {
  const { novelty, thrown, mine, errors, watched } = state;
  const changed = new Map<string, Uint8Array>();
  if (!state.touched) return changed;
  changed.set('novelty', packNumbers(concat([novelty.snapshot(), thrown.snapshot()])));
  const marks = [...watched].join(' ');
  if (marks !== state.savedWatched) changed.set('watched', packJson([...watched]));
  if (mine.version !== state.savedVersion) changed.set(TEMPLATES, packJson(mine.snapshot()));
  if (errors.size !== state.savedErrors) changed.set('known-errors', packJson([...errors]));
  saved(state);
  return changed;
}

function saved(state: State): void {
  state.touched = false;
  state.savedWatched = [...state.watched].join(' ');
  state.savedVersion = state.mine.version;
  state.savedErrors = state.errors.size;
}

function restoreInto(state: State, memory: ReadonlyMap<string, Uint8Array>): void {
  const { novelty, thrown, mine, errors, watched } = state;
  const part = <T>(name: string, none: T): T => {
    const bytes = memory.get(name);
    return bytes === undefined ? none : unpackJson<T>(bytes);
  };
  const numbers = memory.get('novelty');
  const [first, second] = numbers === undefined ? [] : split(unpackNumbers(numbers));
  if (first !== undefined) novelty.restore(first);
  if (second !== undefined) thrown.restore(second);
  mine.restore(part<readonly SavedTemplate[]>(TEMPLATES, []));
  for (const index of part<readonly number[]>('watched', [])) watched.add(index);
  for (const one of part<readonly string[]>('known-errors', [])) errors.add(one);
  saved(state);
}
