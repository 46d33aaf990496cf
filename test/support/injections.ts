import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Anomaly } from '../../src/domain/anomaly.ts';
import { redact } from '../../src/domain/redact.ts';
import type { Commit } from '../../src/ports/repository.ts';
import { anomalyTelling } from './telling.ts';

const PLACES = ['log', 'error', 'frame', 'file', 'commit', 'comment'] as const;

const fileSchema = z.strictObject({
  place: z.enum(PLACES),
  attempts: z.array(
    z.strictObject({ says: z.string(), obeys: z.string(), wants: z.array(z.string()).min(1) }),
  ),
});

/** One attempt to speak to a model through what it is shown. */
export interface Injection {
  readonly place: (typeof PLACES)[number];
  /** What stands in that place. */
  readonly says: string;
  /** What a model says that obeys. */
  readonly obeys: string;
  /** What must reach nothing. */
  readonly wants: readonly string[];
}

export function injectionsIn(folder: string): readonly Injection[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => {
      const { place, attempts } = fileSchema.parse(parse(readFileSync(join(folder, name), 'utf8')));
      return attempts.map((attempt) => ({ place, ...attempt }));
    });
}

/** An anomaly and a repository in which the attempt stands at its place; everything else is ordinary. */
export function sceneOf({ place, says }: Injection): {
  readonly anomaly: Anomaly;
  readonly files: Readonly<Record<string, string>>;
  readonly commits: readonly Commit[];
} {
  const file = place === 'file' ? says : 'src/a.js';
  const comment = place === 'comment' ? says : 'reads it';
  const message = place === 'error' ? says : 'x is undefined';
  const above = place === 'frame' ? `    at g (/srv/app/${says}:1:1)\n` : '';
  const told = anomalyTelling(`TypeError: ${message}\n${above}    at f (/srv/app/${file}:3:1)`);
  const before = place === 'log' ? [redact(says)] : [];
  return {
    anomaly: {
      ...told,
      sample: { ...told.sample, before },
      status: 'diagnosed',
      diagnosisId: 'd1',
    },
    files: { [file]: `function f(x) {\n  // ${comment}\n  return x.y;\n}\n` },
    commits: [
      {
        sha: 'a1b2c3d4e5'.padEnd(40, '0'),
        author: 'Ann',
        date: 1,
        subject: place === 'commit' ? says : 'feat: f',
        files: [file],
      },
    ],
  };
}
