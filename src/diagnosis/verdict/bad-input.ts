import { innermost } from '../../domain/trace.ts';
import type { Thought, Weighing } from './weighing.ts';

/** The message quotes what was read: the data is not of the form that the code expects. */
export function badInput({ anomaly, cite }: Weighing): Thought | null {
  const { trace, text } = anomaly.sample;
  const said = trace === null ? text : `${innermost(trace).errorType}: ${innermost(trace).message}`;
  const quoted = QUOTES.map((form) => form.exec(said)).find((match) => match !== null);
  if (quoted === undefined) return null;
  const value = (quoted[1] ?? '').slice(0, 60);
  return {
    text: `What came in is not of the form that is read there: \`${value}\`.`,
    for: [
      {
        kind: 'quoted',
        text: `The message quotes what could not be read: \`${value}\`.`,
        restsOn: cite.event,
        shown: [{ words: value, by: cite.event }],
      },
    ],
    against: [],
  };
}

/** How parsers of the six languages quote what they could not read. */
const QUOTES: readonly RegExp[] = [
  /Unexpected token .{1,20}?, "(.{1,80}?)"(?:\.\.\.)? is not valid JSON/,
  /Cannot convert (\S{1,60}) to a BigInt/,
  /invalid literal for int\(\) with base \d+: ['"](.{0,80}?)['"]/,
  /could not convert string to (?:float|complex): ['"](.{0,80}?)['"]/,
  /time data ['"](.{0,80}?)['"] does not match format/,
  /strconv\.\w{1,20}: parsing "(.{0,80}?)": /,
  /parsing time "(.{0,80}?)" as /,
  /json: cannot unmarshal (\w{1,20}) into Go /,
  /invalid character ('.{1,6}?') (?:looking for|after|in)/,
  /For input string: "(.{0,80}?)"/,
  /Text '(.{0,80}?)' could not be parsed/,
  /No enum constant ([\w.$]{1,80})/,
  /invalid value for (?:Integer|Float)\(\): "(.{0,80}?)"/,
  /invalid date: ?"?(.{1,40}?)"?$/m,
];
