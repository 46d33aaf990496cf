import { styleText } from 'node:util';
import type { Io } from './context.ts';

export type Style = Parameters<typeof styleText>[0];

/** What a command writes with. Data goes to stdout, everything else to stderr. */
export interface Printer {
  /** `--json`: stdout is one JSON document. */
  readonly json: boolean;
  readonly columns: number;
  /** Columns of a picture: those of the terminal, 80 when piped. */
  readonly picture: number;
  /** The terminal knows more than ASCII. */
  readonly unicode: boolean;
  /** One line of what was asked for; nothing under `--json`. */
  readonly line: (text?: string) => void;
  /** The JSON document; nothing without `--json`. */
  readonly data: (value: unknown) => void;
  /** A word to the person beside the data: progress, hints. */
  readonly note: (text: string) => void;
  readonly paint: (style: Style, text: string) => string;
}

type Env = Readonly<Record<string, string | undefined>>;

const NARROWEST = 40;
const PIPED_COLUMNS = 120;
const PIPED_PICTURE = 80;

export function createPrinter(io: Io, env: Env, json: boolean): Printer {
  const color = wantsColor(io.stdout, env);
  const columns = io.stdout.isTTY ? io.stdout.columns || 80 : PIPED_COLUMNS;
  return {
    json,
    columns: Math.max(NARROWEST, columns),
    picture: io.stdout.isTTY ? Math.max(NARROWEST, columns) : PIPED_PICTURE,
    unicode: knowsUnicode(env),
    line: (text = '') => void (json || io.stdout.write(`${text}\n`)),
    data: (value) => void (json && io.stdout.write(`${JSON.stringify(value, null, 2)}\n`)),
    note: (text) => void io.stderr.write(`${text}\n`),
    paint: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
  };
}

/** By the locale as POSIX tells it, and Windows Terminal, which has none. */
function knowsUnicode(env: Env): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale) || env['WT_SESSION'] !== undefined;
}

/** https://no-color.org and FORCE_COLOR; else colours are for terminals. */
export function wantsColor(stream: { readonly isTTY?: boolean }, env: Env): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
