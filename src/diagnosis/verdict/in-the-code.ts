import type { CodeLocation } from '../../domain/diagnosis.ts';
import { innermost } from '../../domain/trace.ts';
import { isSamePlace, type Trail } from '../locate/locate.ts';
import type { Ground } from './ground.ts';
import type { GroundKind } from './sureness.ts';
import { changeOf } from './timing.ts';
import { codeAt, placeText, type Thought, type Weighing } from './weighing.ts';

/** The place that the evidence names is at fault itself. */
export function placeAtFault(weighing: Weighing): Thought | null {
  const { origin } = weighing.located;
  if (origin === null) return null;
  return {
    text: faultAt(origin, weighing),
    for: [...groundsOf(origin, weighing), ...recentChange(origin, weighing)],
    against: [],
  };
}

function faultAt(origin: CodeLocation, { located, value }: Weighing): string {
  const place = placeText(origin);
  switch (located.by) {
    case 'trace':
      return value === null
        ? `${place} does not handle the case that came.`
        : `${place} uses \`${value.expression}\`, which ${value.flaw}.`;
    case 'message':
      return `${place}, which prints this message, or what led there.`;
    case 'route':
    case 'metric':
    case 'words':
    case 'nothing':
      return `${place}, which ${origin.why}.`;
  }
}

/** The best suspect where that is another: the evidence leads there and does not name it. */
export function reachedAtFault(weighing: Weighing): Thought | null {
  const { origin, suspects } = weighing.located;
  const [suspect] = suspects;
  if (suspect === undefined || origin === null || isSamePlace(suspect, origin)) return null;
  const restsOn = weighing.cite.suspect(suspect);
  const led = groundsOf(origin, weighing).slice(0, 1);
  return {
    text: `${placeText(suspect)}, which ${suspect.why}.`,
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
    const words = located.by === 'message' ? longestText(code ?? '') : null;
    const shown = words === null ? [] : [{ words, by: cite.event }];
    return [{ kind: LED_BY[located.by], text, restsOn, shown }];
  }
  const isExact = located.exact && code !== null;
  const { errorType } = innermost(trace);
  const thrown: Ground = {
    kind: isExact ? 'frame' : 'build',
    text: `${errorType} was thrown at ${origin.file}:${origin.line}${quoted}.`,
    restsOn,
    shown: isExact
      ? [
          { words: code, by: cite.suspect(origin) },
          { words: errorType, by: cite.event },
        ]
      : [],
  };
  if (value === null) return [thrown];
  const spoken: Ground = {
    kind: 'value',
    text: `The message speaks of \`${value.expression}\`, and that line uses it.`,
    restsOn,
    shown: [{ words: value.expression, by: cite.suspect(origin) }],
  };
  return [thrown, spoken];
}

/** The longest text in quotes of a line, as it is printed; null where there is none that tells. */
function longestText(code: string): string | null {
  const texts = [...code.matchAll(/(['"`])(.*?)\1/g)].flatMap(([, , text = '']) => text.split(PUT_IN));
  const [longest = ''] = texts.toSorted((a, b) => b.length - a.length);
  return longest.trim().length < SHORTEST_TEXT ? null : longest;
}

/** Where values are put into a text: `${x}`, `{x}`, `#{x}`, `%s`. */
const PUT_IN = /[$#]?\{[^}]*\}|%[-+\d.]*[a-z]/i;
const SHORTEST_TEXT = 5;

function recentChange(place: CodeLocation, { located, anomaly, cite }: Weighing): readonly Ground[] {
  const change = changeOf(place, located, anomaly);
  if (change === null) return [];
  const { commit, before } = change;
  return [
    {
      kind: 'recent',
      text: `Commit ${commit.sha.slice(0, 10)} ${commit.why}, ${before} before this was first seen.`,
      restsOn: cite.commit(commit),
      shown: [{ words: commit.why, by: cite.commit(commit) }],
    },
  ];
}
