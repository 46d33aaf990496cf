import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineDeps } from '../machine.ts';

/** The JaCoCo of this machine. */
export interface Jacoco {
  /** Jar of the agent that counts. */
  readonly agent: string;
  /** Jars that turn its counts into XML. */
  readonly classpath: readonly string[];
}

const UNZIP_LIMITS = { timeoutMs: 20_000, maxOutputBytes: 10_000 };

/**
 * Finds JaCoCo in repositories of Maven's layout, and unpacks its agent into `folder`; null where it is in none, since
 * without it tests still run.
 */
export async function findJacoco(
  repositories: readonly string[],
  folder: string,
  { run, env }: MachineDeps,
): Promise<Jacoco | null> {
  for (const repository of repositories) {
    const [packed, core, report] = ['agent', 'core', 'report'].map((part) =>
      newest(repository, 'org/jacoco', `org.jacoco.${part}`),
    );
    const asm = ['asm', 'asm-tree', 'asm-commons', 'asm-analysis'].map((part) =>
      newest(repository, 'org/ow2/asm', part),
    );
    if (packed == null || core == null || report == null) continue;
    await mkdir(folder, { recursive: true });
    const argv = ['unzip', '-qo', packed, 'jacocoagent.jar', '-d', folder] as const;
    const environment = { PATH: env['PATH'] ?? '/usr/bin:/bin' };
    const ended = await run(
      { argv, cwd: folder, env: environment },
      UNZIP_LIMITS,
      new AbortController().signal,
    );
    if (ended.code !== 0) continue;
    const classpath = [core, report, ...asm.filter((jar) => jar !== null)];
    return { agent: join(folder, 'jacocoagent.jar'), classpath };
  }
  return null;
}

/** Jar of the highest version of an artefact. */
function newest(repository: string, group: string, artefact: string): string | null {
  const folder = join(repository, group, artefact);
  const versions = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d/.test(name)) : [];
  const jars = versions
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((version) => join(folder, version, `${artefact}-${version}.jar`));
  return jars.find((jar) => existsSync(jar)) ?? null;
}
