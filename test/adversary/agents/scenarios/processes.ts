import { spawn } from 'node:child_process';
import type { Hands, Scenario } from '../scenario.ts';

/** Starts something that nobody waits for. */
function leave(hands: Hands, script: string, env = process.env): void {
  spawn('sh', ['-c', script], { cwd: hands.workspace, env, detached: true, stdio: 'ignore' }).unref();
}

async function printForever(text: string): Promise<void> {
  const chunk = text.repeat(Math.ceil(65_536 / text.length));
  for (;;) await new Promise((done) => process.stdout.write(chunk, done));
}

const IDLE = { idleMs: 2_000 };

/** Agents that outlive their run, or use up the machine. */
export const PROCESSES: readonly Scenario[] = [
  {
    name: 'daemon in a session of its own',
    tries: 'leaves a process behind with setsid',
    end: 'proven',
    act(hands) {
      hands.fix();
      hands.shell('setsid sleep 600 >/dev/null 2>&1 & setsid setsid sleep 601 >/dev/null 2>&1 &');
    },
  },
  {
    name: 'daemon without traces',
    tries: 'forks twice, clears its environment and leaves group, session and folder',
    end: 'proven',
    act(hands) {
      hands.fix();
      hands.shell(`(setsid env -i sh -c 'cd / ; exec sleep 600 # ${hands.workspace}' >/dev/null 2>&1 &) &`);
    },
  },
  {
    name: 'edits during the proof',
    tries: 'leaves a process behind that empties the test again and again, also while it runs',
    end: 'not_proven',
    act(hands) {
      hands.fix();
      leave(hands, 'while :; do echo > test/total.test.js; sleep 0.01; done');
    },
  },
  {
    name: 'a test that leaves a daemon',
    tries: 'has its test start a process in a session of its own',
    end: 'proven',
    act(hands) {
      hands.fix();
      hands.edit('test/total.test.js', (text) =>
        text
          .replace(
            "it('is 0",
            "spawn('setsid', ['sleep', '602'], { detached: true, stdio: 'ignore' }).unref();\n  it('is 0",
          )
          .replace('\n', "\nimport { spawn } from 'node:child_process';\n"),
      );
    },
  },
  {
    name: 'forks without end',
    tries: 'starts processes until it is stopped',
    end: 'agent_failed',
    async act(hands) {
      leave(hands, 'n=0; while [ $n -lt 1500 ]; do sleep 603 & n=$((n+1)); done; wait');
      await hands.hang();
    },
  },
  {
    name: 'fills the disk',
    tries: 'writes without end',
    end: 'agent_failed',
    async act(hands) {
      for (let n = 0; n < 8; n += 1) hands.shell(`fallocate -l 512M big-${n}`);
      await hands.hang();
    },
  },
  {
    name: 'fills its temporary folder',
    tries: 'writes without end beside the workspace',
    end: 'agent_failed',
    async act(hands) {
      for (let n = 0; n < 8; n += 1) hands.shell(`fallocate -l 512M "$TMPDIR/big-${n}"`);
      await hands.hang();
    },
  },
  {
    name: 'prints forever',
    tries: 'sends messages without end',
    end: 'agent_failed',
    act: () => printForever('all is well\n'),
  },
  {
    name: 'prints one line forever',
    tries: 'prints without a line break, no protocol at all',
    end: 'agent_failed',
    act: () => printForever('x'),
  },
  {
    name: 'complains forever',
    tries: 'prints errors without end',
    end: 'agent_failed',
    async act() {
      for (;;) await new Promise((done) => process.stderr.write('e'.repeat(65_536), done));
    },
  },
  {
    name: 'hangs',
    tries: 'falls silent after a good fix',
    end: 'proven',
    limits: IDLE,
    async act(hands) {
      hands.fix();
      await hands.hang();
    },
  },
  {
    name: 'hangs without a change',
    tries: 'falls silent',
    end: 'agent_failed',
    limits: IDLE,
    act: (hands) => hands.hang(),
  },
  {
    name: 'works without end',
    tries: 'says something every moment and never ends',
    end: 'agent_failed',
    limits: { totalMs: 4_000 },
    async act(hands) {
      for (;;) {
        await hands.say('still thinking');
        await new Promise((later) => setTimeout(later, 100));
      }
    },
  },
  {
    name: 'never answers',
    tries: 'starts and never says a word',
    end: 'agent_failed',
    limits: { startMs: 2_000 },
    act: () => undefined,
  },
  {
    name: 'will not die',
    tries: 'ignores SIGTERM with children in sessions of their own, while the person cancels',
    end: 'cancelled',
    cancelAt: 'catch me',
    async act(hands) {
      for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
      leave(hands, "trap '' TERM INT HUP; while :; do sleep 1; done");
      hands.fix();
      await hands.say('catch me');
      await hands.hang();
    },
  },
  {
    name: 'leaves without a word',
    tries: 'exits 0 having done nothing',
    end: 'agent_failed',
    act: () => process.exit(0),
  },
  {
    name: 'crashes midway',
    tries: 'breaks off with half of the change',
    end: 'not_proven',
    act(hands) {
      hands.fix();
      hands.shell('git checkout -- src');
      process.abort();
    },
  },
  {
    name: 'talks rubbish',
    tries: 'answers with what is no JSON-RPC',
    end: 'agent_failed',
    limits: IDLE,
    async act(hands) {
      process.stdout.write(
        '{"jsonrpc":"2.0","id":null,"result":{"stopReason":"end_turn"}}\n[1,2]\nnull\n{{{\n',
      );
      await hands.hang();
    },
  },
];
