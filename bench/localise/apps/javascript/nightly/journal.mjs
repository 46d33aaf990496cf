// What the night tells: one line of JSON a result or failure. Whoever runs it makes log lines of them.
import { inspect } from 'node:util';

const tasks = [];

/** A step of the night, with the words for its failure. */
export function task(words, step) {
  tasks.push({ words, step });
}

const log = {
  /** A result that should be as it was the night before. */
  compare(words, value) {
    write({
      kind: 'compared',
      words,
      value: inspect(value, { depth: 8, breakLength: Number.POSITIVE_INFINITY }),
    });
  },
};

function write(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

export async function run() {
  for (const { words, step } of tasks) {
    try {
      await step(log);
    } catch (error) {
      write({ kind: 'failed', words, error: String(error), trace: String(error?.stack ?? '') });
      return;
    }
  }
}
