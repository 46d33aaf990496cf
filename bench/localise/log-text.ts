import { integerBetween, type Random } from '../detection/random.ts';
import type { Language } from './language.ts';
import type { Deviation } from './night.ts';

/** The night of the logs, after all commits. */
const NIGHT = Date.UTC(2026, 2, 2, 2, 10);
const MOST_SHOWN = 160;
/** Where the application seems to have run. */
const ROOTS: Readonly<Record<Language, string>> = {
  python: '/srv/app',
  javascript: '/usr/src/app',
  typescript: '/app',
  ruby: '/home/deploy/app/current',
  go: '/build',
  java: '/opt/app',
};

interface Line {
  readonly time: Date;
  readonly level: 'INFO' | 'ERROR';
  readonly text: string;
}

/** A log in the manner of the language: some steps that went well, then what went wrong. */
export function logText(
  deviation: Deviation,
  {
    language,
    tree,
    withTrace,
  }: { readonly language: Language; readonly tree: string; readonly withTrace: boolean },
  random: Random,
): string {
  const write = WRITERS[language];
  const time = (step: number) => new Date(NIGHT + step * 1370);
  const first = Math.max(0, deviation.before - integerBetween(random, 2, 8));
  const good = Array.from({ length: deviation.before - first }, (_, i): string => {
    const step = first + i;
    return write({ time: time(step), level: 'INFO', text: `step ${step + 1} of the night is done` });
  });
  const failure = write({ time: time(deviation.before), level: 'ERROR', text: textOf(deviation) });
  const trace = withTrace && deviation.kind === 'failed' ? deviation.trace.trimEnd() : null;
  // A program that dies says nothing but its trace; one that goes on logs a line before it.
  const told = trace === null ? [failure] : random() < 0.5 ? [trace] : [failure, trace];
  return [...good, ...told, ''].join('\n').replaceAll(tree, ROOTS[language]);
}

function textOf(deviation: Deviation): string {
  return deviation.kind === 'failed'
    ? `${deviation.words}: ${deviation.error.split('\n')[0]}`
    : `${deviation.words}: had ${shortened(deviation.had)}, now ${shortened(deviation.now)}`;
}

function shortened(value: string): string {
  const line = value.replaceAll('\n', '\\n');
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}...` : line;
}

const WRITERS: Readonly<Record<Language, (line: Line) => string>> = {
  python: ({ time, level, text }) => `${plain(time)},${millis(time)} ${level} nightly: ${text}`,
  javascript: ({ time, level, text }) =>
    JSON.stringify({
      level: level === 'ERROR' ? 50 : 30,
      time: time.getTime(),
      pid: 17,
      name: 'nightly',
      msg: text,
    }),
  typescript: ({ time, level, text }) => `${time.toISOString()} [${level.toLowerCase()}] nightly: ${text}`,
  ruby: ({ time, level, text }) =>
    `${level[0]}, [${time.toISOString().replace('Z', '000')} #412] ${level.padStart(5)} -- nightly: ${text}`,
  go: ({ time, level, text }) => `${plain(time).replaceAll('-', '/')} ${level} ${text}`,
  java: ({ time, level, text }) =>
    `${plain(time)}.${millis(time)} ${level.padEnd(5)} [main] nightly.Night - ${text}`,
};

function plain(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}

function millis(time: Date): string {
  return String(time.getUTCMilliseconds()).padStart(3, '0');
}
