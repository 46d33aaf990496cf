import { Box, Text, type TextProps, useInput, useStdout, useWindowSize } from 'ink';
import { type ReactNode, useEffect } from 'react';
import { liveLines, type Tone } from './lines.ts';
import type { Key, LiveState } from './state.ts';

export interface FrameProps {
  readonly state: LiveState;
  readonly columns: number;
  readonly rows: number;
  /** Epoch ms. */
  readonly now: number;
  readonly colors: boolean;
  /** Keys are heard. */
  readonly keys: boolean;
}

/** The live view: a title, sources, anomalies (or one in full), what is being done, and the keys. */
export function Frame({ state, columns, rows, now, colors, keys }: FrameProps): ReactNode {
  const lines = liveLines(state, { columns, rows }, now, keys);
  return (
    <Box flexDirection="column">
      {lines.map(({ text, tone }, at) => (
        // A line is what stands at its place; it has no other identity.
        <Text key={at} wrap="truncate" {...(colors ? COLORS[tone] : PLAIN[tone])}>
          {text === '' ? ' ' : text}
        </Text>
      ))}
    </Box>
  );
}

type Look = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse'>;

const COLORS: Readonly<Record<Tone, Look>> = {
  plain: {},
  dim: { dimColor: true },
  title: { bold: true },
  low: {},
  medium: { color: 'yellow' },
  high: { color: 'red' },
  critical: { color: 'red', bold: true },
  chosen: { inverse: true },
};

/** Without colours the mark `›` alone shows what is chosen. */
const PLAIN: Readonly<Record<Tone, Look>> = {
  plain: {},
  dim: {},
  title: {},
  low: {},
  medium: {},
  high: {},
  critical: {},
  chosen: {},
};

export interface ScreenProps extends Omit<FrameProps, 'columns' | 'rows'> {
  readonly onKey: (key: Key) => void;
  readonly onInterrupt: () => void;
  /** Hands out the way to write above the frame. */
  readonly onWriter: (write: (text: string) => void) => void;
}

/** The frame in the size of the window, with its keys. */
export function Screen({ onKey, onInterrupt, onWriter, ...frame }: ScreenProps): ReactNode {
  const { write } = useStdout();
  useEffect(() => onWriter(write), [onWriter, write]);
  const { columns, rows } = useWindowSize();
  useInput(
    (input, pressed) => {
      if (pressed.ctrl && input === 'c') return onInterrupt();
      const key = keyOf(input, pressed);
      if (key !== null) onKey(key);
    },
    { isActive: frame.keys },
  );
  return <Frame {...frame} columns={columns} rows={rows} />;
}

interface Pressed {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly return: boolean;
  readonly escape: boolean;
}

const LETTERS: Readonly<Record<string, Key>> = {
  k: 'up',
  j: 'down',
  d: 'diagnose',
  f: 'fix',
  x: 'dismiss',
  q: 'quit',
};

function keyOf(input: string, pressed: Pressed): Key | null {
  if (pressed.upArrow) return 'up';
  if (pressed.downArrow) return 'down';
  if (pressed.return) return 'enter';
  if (pressed.escape) return 'back';
  return LETTERS[input] ?? null;
}
