import { render } from 'ink';
import { Screen } from './frame.tsx';
import { type Effect, EMPTY, type Happening, type Key, reduce } from './state.ts';
import { wholeLines } from './whole-lines.ts';

/** Where changes are shown, live or as plain lines. */
export interface View {
  readonly show: (happening: Happening) => void;
  /** Output of the wrapped command, as it comes. */
  readonly output: (text: string, to: 'stdout' | 'stderr') => void;
  readonly close: () => Promise<void>;
}

export interface LiveOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly colors: boolean;
  /** Structurally the `Clock` of ports. */
  readonly clock: { now(): number; sleep(ms: number, signal?: AbortSignal): Promise<void> };
  readonly act: (effect: Effect) => void;
  readonly interrupt: () => void;
}

const FRAMES_PER_SECOND = 10;

/** Draws the live view at the foot of the terminal; what the wrapped command prints goes above it. */
export function openLive(options: LiveOptions): View {
  const { clock, stdin, stdout, stderr, colors, interrupt } = options;
  const closed = new AbortController();
  const above = wholeLines();
  let state = EMPTY;
  let drawing = false;
  let printed = '';
  const press = (key: Key): void => show({ kind: 'key', key });
  const screen = () => (
    <Screen
      {...{ state, colors, now: clock.now(), keys: stdin.isTTY }}
      {...{ onInterrupt: interrupt, onKey: press, onWriter: above.open }}
    />
  );
  const ink = render(screen(), { stdin, stdout, stderr, ...MANNERS });
  function show(happening: Happening): void {
    const step = reduce(state, happening);
    state = step.state;
    for (const effect of step.effects) options.act(effect);
    if (!drawing) void draw();
  }
  function output(text: string): void {
    printed += text;
    if (!drawing) void draw();
  }
  /** However many changes and lines come, one frame takes them all. */
  async function draw(): Promise<void> {
    drawing = true;
    await clock.sleep(1000 / FRAMES_PER_SECOND, closed.signal);
    drawing = false;
    if (closed.signal.aborted) return;
    flush();
    ink.rerender(screen());
  }
  function flush(): void {
    above.write(printed);
    printed = '';
  }
  async function close(): Promise<void> {
    closed.abort();
    flush();
    above.end();
    ink.rerender(screen());
    ink.unmount();
    await ink.waitUntilExit();
  }
  return { show, output, close };
}

const MANNERS = {
  exitOnCtrlC: false,
  patchConsole: false,
  interactive: true,
  incrementalRendering: true,
  maxFps: FRAMES_PER_SECOND,
} as const;
