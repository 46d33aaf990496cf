import { exception } from '../detectors/exception.ts';
import { isErrorLevel, newTemplate } from '../detectors/new-template.ts';
import type { Level } from '../domain/event.ts';
import type { Episodes, Occurrence } from './episodes.ts';
import { errorFacts, messageFacts, type Observed } from './facts.ts';
import { judge, ofEpisode, type Verdict } from './gate.ts';
import { concat, packJson, packNumbers, split, unpackJson, unpackNumbers } from './memory.ts';
import { miner, type Template, templateText } from './template.ts';
import { placeOf } from './traces/place.ts';

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
  message(index: number): { readonly id: string; readonly error: boolean; readonly text: string } | null;
  /** Text of the template with this id, or null. */
  textOf(id: string): string | null;
  readonly messages: { readonly seen: number; readonly needed: number };
  readonly templates: number;
  changes(): ReadonlyMap<string, Uint8Array>;
  restore(memory: ReadonlyMap<string, Uint8Array>): void;
}

/** Exceptions that are remembered as seen. */
const MOST_ERRORS = 5000;

export function noteworthy(source: string, episodes: Episodes): Noteworthy {
  const mine = miner();
  const novelty = newTemplate();
  const thrown = exception();
  const errors = new Set<string>();
  const ids = new Map<string, Template>();
  /** By template index: level of the message when it was new, and whether an episode counts it. */
  const levels: (Level | null)[] = [];
  const watched: boolean[] = [];
  let savedVersion = 0;
  let savedErrors = 0;
  let touched = false;
  let flagged = false;

  function noteError(observed: Observed, now: number): Noted {
    const trace = observed.trace;
    const errorType = trace?.errorType ?? 'Error';
    const where = trace && placeOf(trace);
    const at = where ?? mine.mine(observed.message, observed.level).template.id;
    const fingerprint = `error:${source}:${errorType}@${at}`;
    const verdict = judge([thrown], { fresh: !errors.has(fingerprint), errorType, where });
    if (errors.size < MOST_ERRORS) errors.add(fingerprint);
    const facts = (confidence: number) => errorFacts(observed, fingerprint, { ...verdict, confidence });
    const confidence = observe({ fingerprint, now, verdict, returns: true, facts });
    return noted(fingerprint, verdict, -1, confidence);
  }

  function noteMessage(observed: Observed, now: number): Noted {
    const { template, fresh } = mine.mine(observed.message, observed.level);
    const { level } = observed;
    thrown.pass();
    if (fresh) {
      flagged = true;
      levels[template.index] = level;
      ids.set(template.id, template);
    }
    if (!fresh && watched[template.index] !== true) {
      novelty.learn({ time: now, level, fresh, template: '' });
      return { fingerprint: null, verdict: null, template: template.index, explained: false };
    }
    const text = templateText(template);
    const fingerprint = messageFingerprint(source, template.id);
    const verdict = judge([novelty], { time: now, level, fresh, template: text });
    const facts = (confidence: number) =>
      messageFacts(observed, fingerprint, { ...verdict, confidence }, text);
    const returns = watched[template.index] === true && isErrorLevel(level);
    const confidence = observe({ fingerprint, now, verdict, returns, facts });
    const counts = confidence !== null || returns;
    flagged ||= watched[template.index] !== counts;
    watched[template.index] = counts;
    return noted(fingerprint, verdict, template.index, confidence);
  }

  function observe(
    of: Omit<Occurrence, 'time' | 'isAnomaly' | 'confidence'> & { now: number; verdict: Verdict },
  ) {
    const { now, verdict, fingerprint, returns, facts } = of;
    const { isAnomaly, confidence } = verdict;
    return episodes.observe({ fingerprint, time: now, isAnomaly, confidence, returns, facts });
  }

  return {
    note(observed, now) {
      touched = true;
      return observed.trace === null ? noteMessage(observed, now) : noteError(observed, now);
    },
    message(index) {
      const template = mine.templates()[index];
      if (template === undefined) return null;
      return { id: template.id, error: isErrorLevel(levels[index] ?? null), text: templateText(template) };
    },
    textOf(id) {
      const template = ids.get(id);
      return template === undefined ? null : templateText(template);
    },
    get messages() {
      return { seen: novelty.seen, needed: novelty.needed };
    },
    get templates() {
      return mine.size;
    },
    changes() {
      const changed = new Map<string, Uint8Array>();
      if (!touched) return changed;
      touched = false;
      changed.set('novelty', packNumbers(concat([novelty.snapshot(), thrown.snapshot()])));
      const flags = levels.map((level, i) => [level, watched[i] === true] as const);
      if (flagged) changed.set('watched', packJson(flags));
      flagged = false;
      if (mine.version !== savedVersion) changed.set('templates', packJson(mine.snapshot()));
      if (errors.size !== savedErrors) changed.set('known-errors', packJson([...errors]));
      savedVersion = mine.version;
      savedErrors = errors.size;
      return changed;
    },
    restore(memory) {
      const numbers = memory.get('novelty');
      const [first, second] = numbers === undefined ? [] : split(unpackNumbers(numbers));
      if (first !== undefined) novelty.restore(first);
      if (second !== undefined) thrown.restore(second);
      const templates = memory.get('templates');
      if (templates !== undefined) mine.restore(unpackJson(templates));
      for (const template of mine.templates()) ids.set(template.id, template);
      const flags = memory.get('watched');
      const saved = flags === undefined ? [] : unpackJson<readonly [Level | null, boolean][]>(flags);
      for (const [i, [level, counted]] of saved.entries()) {
        levels[i] = level;
        watched[i] = counted;
      }
      const known = memory.get('known-errors');
      for (const one of known === undefined ? [] : unpackJson<readonly string[]>(known)) errors.add(one);
      savedVersion = mine.version;
      savedErrors = errors.size;
    },
  };
}

/** Same message, same fault: whether it was new or became frequent. */
export function messageFingerprint(source: string, templateId: string): string {
  return `log:${source}:${templateId}`;
}

function noted(fingerprint: string, verdict: Verdict, template: number, confidence: number | null): Noted {
  return {
    fingerprint,
    verdict: confidence === null ? verdict : ofEpisode(verdict, confidence),
    template,
    explained: confidence !== null,
  };
}
