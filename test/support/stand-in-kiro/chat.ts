import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { env, fault, flag, hang, has, perform, type Step, steps, trusted, version } from './steps.ts';

/** `kiro-cli chat --no-interactive --output-format stream-json`, exit-0 traps included. */
export function chat(): void {
  if (fault === 'login-hang' || env['KIRO_API_KEY'] === undefined) {
    process.stderr.write('Open this URL: https://device.example/  code: ABCD-EFGH\n');
    return hang();
  }
  if (fault === 'auth') {
    process.stderr.write(
      '\x1b[?25lAuthentication failed. Your API key may be invalid or expired. Check your KIRO_API_KEY value.\n\x1b[?25h',
    );
    return; // leaves with 0, as measured
  }
  if (fault === 'crash') process.exit(1);
  if (fault === 'stall') return hang();
  process.stdin.resume().on('end', converse);
}

function converse(): void {
  const sessionId = randomUUID();
  say('runStarted', { payloadSchema: 'acp', acpProtocolVersion: 1, engine: flag('--agent-engine') ?? 'v2' });
  say('metadata', { sessionId, contextUsagePercentage: 2.4 });
  if (has('--model'))
    process.stderr.write(`[warn] failed to set model '${flag('--model')}': Method not found\n`);
  const script = fault === 'exit0-nothing' ? [] : steps();
  for (const step of script) play(step, sessionId);
  if (fault === 'truncated') process.exit(0); // no runFinished
  const finalText = script.findLast(({ text }) => text !== undefined)?.text ?? '';
  say('metadata', { sessionId, meteringUsage: [{ value: 0.04, unit: 'credit', unitPlural: 'credits' }] });
  say('runFinished', {
    sessionId,
    status: 'success',
    stopReason: 'end_turn',
    finalText,
    finalTextTruncated: false,
  });
  if (fault !== 'exit0-nothing') process.stderr.write('\n ▸ Credits: 0.04 • Time: 2s\n\n');
  if (fault === 'leak') {
    spawn('sleep', ['600'], { stdio: ['ignore', 'inherit', 'inherit'] }).unref();
    process.exit(0);
  }
  // Kiro keeps nothing alive after its last line.
  process.stdin.destroy();
}

function play(step: Step, sessionId: string): void {
  const update = (facts: object) => say('sessionUpdate', { sessionId, update: facts });
  if (step.text !== undefined) {
    update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: step.text } });
  }
  const tool = step.write !== undefined ? 'write' : step.shell !== undefined ? 'shell' : null;
  if (tool === null) return;
  const title = step.write !== undefined ? `Writing ${step.write.path}` : `Running: ${step.shell}`;
  const call = { toolCallId: `tooluse_${randomUUID().slice(0, 8)}`, title };
  const kind = tool === 'write' ? 'edit' : 'execute';
  update({
    sessionUpdate: 'tool_call',
    ...call,
    kind,
    rawInput: step,
    _meta: { kiro: { toolName: tool, version } },
  });
  if (fault === 'denied' || !trusted(tool)) {
    return update({ sessionUpdate: 'tool_call_update', ...call, status: 'failed' });
  }
  const rawOutput = { items: [perform(step)] };
  update({ sessionUpdate: 'tool_call_update', ...call, status: 'completed', rawOutput });
}

function say(type: string, data: object): void {
  process.stdout.write(`${JSON.stringify({ type, data })}\n`);
}
