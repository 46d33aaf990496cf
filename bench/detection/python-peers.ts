import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Scores of what was asked, in its order, larger is stranger, and the CPU seconds that they took. */
const scoring = z.object({ scores: z.array(z.number()), seconds: z.number() });
export type Scoring = z.infer<typeof scoring>;
const answer = z.record(z.string(), scoring);

/** What peers.py is asked for: a series of values, or rows of several metrics, the same number each. */
export type Asked =
  | { readonly values: readonly number[] }
  | { readonly rows: readonly (readonly number[])[] };

export interface PythonPeers {
  /** By name of the method. */
  score(asked: Asked): Promise<readonly (readonly [string, Scoring])[]>;
  end(): Promise<void>;
}

/** Null, and a word on stderr, where `python` or scikit-learn is missing. */
export async function startPeers(python: string): Promise<PythonPeers | null> {
  const child = spawn(python, [fileURLToPath(new URL('peers.py', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const failed = once(child, 'error').then(() => null);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([failed, lines.next()]);
  if (first === null || first.done === true) {
    process.stderr.write(
      `skipped: ${python} has no scikit-learn (Debian: python3-sklearn; --python names another)\n`,
    );
    return null;
  }
  return {
    async score(asked) {
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error(`${python} ended without an answer`);
      return Object.entries(answer.parse(JSON.parse(line.value)));
    },
    async end() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
