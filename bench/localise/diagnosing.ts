import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Program } from '../../src/commands/context.ts';
import { run } from '../../src/commands/main.ts';
import { composeLocal } from '../../src/compose/local.ts';
import { diagnosisView } from '../../src/contract/views.ts';

export type Diagnosed = ReturnType<typeof diagnosisView.parse>;

/** What `vigilai diagnose --input LOG --repo REPOSITORY --offline --json` says, in this process; state is kept in `state`. */
export async function diagnosed(log: string, repository: string, state: string): Promise<Diagnosed> {
  const input = join(state, `input-${process.pid}.log`);
  writeFileSync(input, log);
  const out = collector();
  const argv = ['diagnose', '--input', input, '--repo', repository, '--offline', '--json'];
  const code = await run(argv, programOf(repository, state, out.stream));
  if (code !== 0) throw new Error(`diagnose ended with ${code} for ${input}`);
  return diagnosisView.parse(JSON.parse(out.text()));
}

function programOf(cwd: string, state: string, stdout: NodeJS.WriteStream): Program {
  return {
    version: '0.0.0',
    self: [process.execPath],
    io: { stdin: process.stdin, stdout, stderr: process.stderr },
    cwd,
    around: {
      env: { XDG_STATE_HOME: state, PATH: process.env['PATH'] },
      platform: process.platform,
      home: state,
      tmp: state,
      uid: null,
    },
    clock: { now: () => Date.now(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
    hungUp: new AbortController().signal,
    onSignal: () => () => undefined,
    compose: () => Promise.resolve(composeLocal),
  };
}

function collector() {
  const stream = new PassThrough();
  const parts: string[] = [];
  stream.on('data', (part: Buffer) => parts.push(part.toString()));
  // A command only writes to it: nothing of a terminal is asked of a stream that is none.
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => parts.join('') };
}
