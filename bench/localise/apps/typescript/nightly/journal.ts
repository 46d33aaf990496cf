// What the night tells: one line of JSON a result or failure. Whoever runs it makes log lines of them.
import { inspect } from 'node:util';

export interface Log {
  /** A result that should be as it was the night before. */
  compare(words: string, value: unknown): void;
}

type Step = (log: Log) => void | Promise<void>;
const tasks: { words: string; step: Step }[] = [];

/** A step of the night, with the words for its failure. */
export function task(words: string, step: Step): void {
  tasks.push({ words, step });
}

const log: Log = {
  compare(words, value) {
    write({
      kind: 'compared',
      words,
      value: inspect(value, { depth: 8, breakLength: Number.POSITIVE_INFINITY }),
    });
  },
};

function write(event: object): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

export async function run(): Promise<void> {
  for (const { words, step } of tasks) {
    try {
      await step(log);
    } catch (error) {
      const trace = error instanceof Error ? String(error.stack) : '';
      write({ kind: 'failed', words, error: String(error), trace });
      return;
    }
  }
}
