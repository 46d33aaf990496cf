import { posix } from 'node:path';
import { z } from 'zod';
import type { TestResult } from '../../../domain/fix.ts';
import { parseJson } from '../reports/parse-json.ts';
import type { GoModule } from './go-module.ts';

/** Since Go 1.24 the compiler's words are events too. */
const buildOutput = z.object({ Action: z.literal('build-output'), Output: z.string() });

const PLACE = /^(?:vet: )?(?:\.\/)?([^\s:]+\.go):\d+(?::\d+)?: /;

/**
 * One result for each file that the compiler (or `go vet`) complains about, with all it said about it; for a package
 * that could not be set up, one of its first test file.
 */
export function buildErrors(output: string, module: GoModule): readonly TestResult[] {
  const said = new Map<string, string[]>();
  for (const line of output.split('\n').map(plain)) {
    const place = PLACE.exec(line)?.[1];
    const setup = /^FAIL\s+(\S+) \[setup failed\]/.exec(line)?.[1];
    const file = place ?? (setup === undefined ? undefined : module.testFiles(module.dirOf(setup))[0]);
    if (file === undefined) continue;
    const path = posix.normalize(file);
    said.set(path, [...(said.get(path) ?? []), line]);
  }
  return [...said].map(([file, lines]) => ({
    file,
    name: file,
    outcome: 'errored',
    message: lines.join('\n'),
  }));
}

function plain(line: string): string {
  if (!line.startsWith('{')) return line;
  return buildOutput.safeParse(parseJson(line)).data?.Output.trimEnd() ?? '';
}
