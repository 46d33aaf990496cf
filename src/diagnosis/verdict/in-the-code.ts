import type { CodeLocation } from '../../domain/diagnosis.ts';
import { innermost } from '../../domain/trace.ts';
import { isSamePlace, type Trail } from '../locate/locate.ts';
import type { Ground } from './ground.ts';
import type { GroundKind } from './sureness.ts';
import { changeOf } from './timing.ts';
import { codeAt, placeText, type Thought, type Weighing } from './weighing.ts';

/** The place that the evidence names is at fault itself. */
export function placeAtFault(weighing: Weighing): Thought | null {
  const { located, value } = weighing;
  const { origin, by } = located;
  if (origin === null) return null;
  const place = placeText(origin);
  const text =
    by === 'trace'
      ? value === null
        ? `${place} does not handle the case that came.`
        : `${place} uses \`${value.expression}\`, which ${value.flaw}.`
      : `${place}, which ${origin.why}, is at fault.`;
  return { text, for: [...groundsOf(origin, weighing), ...recentChange(origin, weighing)], against: [] };
}

/** The best suspect where that is another: the evidence leads there and does not name it. */
export function reachedAtFault(weighing: Weighing): Thought | null {
  const { origin, suspects } = weighing.located;
  const [suspect] = suspects;
  if (suspect === undefined || origin === null || isSamePlace(suspect, origin)) return null;
  const restsOn = weighing.cite.suspect(suspect);
  const led = groundsOf(origin, weighing).slice(0, 1);
  return {
    text: `${placeText(suspect)}, which ${suspect.why}, is at fault.`,
    for: [
      ...led.map((ground) => ({ ...ground, kind: 'led' as const })),
      { kind: 'reached', text: `${suspect.file}:${suspect.line} ${suspect.why}.`, restsOn, shown: [] },
      ...recentChange(suspect, weighing),
    ],
    against: [
      {
        kind: 'unnamed',
        text: `The evidence names ${origin.file}:${origin.line}, not this place.`,
        restsOn: weighing.cite.suspect(origin),
        shown: [],
      },
    ],
  };
}

const LED_BY: Readonly<Record<Trail, GroundKind>> = {
  trace: 'build',
  route: 'route',
  message: 'printed',
  metric: 'registered',
  words: 'resembles',
  nothing: 'resembles',
};

function groundsOf(origin: CodeLocation, { located, anomaly, value, cite }: Weighing): readonly Ground[] {
  const code = codeAt(origin);
  const restsOn = [...cite.event, ...cite.suspect(origin)];
  const quoted = code === null ? '' : `: \`${code}\``;
  const { trace } = anomaly.sample;
  if (located.by !== 'trace' || trace === null) {
    const text = `${origin.file}:${origin.line} ${origin.why}${quoted}.`;
    return [{ kind: LED_BY[located.by], text, restsOn, shown: [] }];
  }
  const isExact = located.exact && code !== null;
  const { errorType } = innermost(trace);
  const thrown: Ground = {
    kind: isExact ? 'frame' : 'build',
    text: `${errorType} was thrown at ${origin.file}:${origin.line}${quoted}.`,
    restsOn,
    shown: isExact ? [code, errorType] : [],
  };
  if (value === null) return [thrown];
  const spoken: Ground = {
    kind: 'value',
    text: `The message speaks of \`${value.expression}\`, and that line uses it.`,
    restsOn,
    shown: [value.expression],
  };
  return [thrown, spoken];
}

function recentChange(place: CodeLocation, { located, anomaly, cite }: Weighing): readonly Ground[] {
  const change = changeOf(place, located, anomaly);
  if (change === null) return [];
  const { commit, before } = change;
  return [
    {
      kind: 'recent',
      text: `Commit ${commit.sha.slice(0, 10)} ${commit.why}, ${before} before this was first seen.`,
      restsOn: cite.commit(commit),
      shown: [commit.sha.slice(0, 10)],
    },
  ];
}
