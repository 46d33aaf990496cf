import { readFile, stat } from 'node:fs/promises';
import { VigilError } from '../../domain/errors.ts';
import type { Secrets } from '../../ports/secrets.ts';

/** Keys from the environment, else from a file of `NAME=value` lines that only its owner may read. */
export function secretsFrom(env: Readonly<Record<string, string | undefined>>, file: string): Secrets {
  return {
    async get(name) {
      const own = env[name];
      if (own !== undefined && own !== '') return own;
      return (await readSecrets(file)).get(name) ?? null;
    },
  };
}

async function readSecrets(file: string): Promise<ReadonlyMap<string, string>> {
  const found = await stat(file).catch(() => null);
  if (found === null) return new Map();
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    throw new VigilError('refused', {
      what: `the secrets file ${file} can be read by others`,
      hint: `Make it yours alone: chmod 600 ${file}`,
    });
  }
  const lines = (await readFile(file, 'utf8')).split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*["']?(.*?)["']?\s*$/.exec(line) ?? [];
      return name === undefined || value === undefined || value === '' ? [] : [[name, value] as const];
    }),
  );
}
