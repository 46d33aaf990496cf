/**
 * A stand-in `kiro-cli`. It answers the same commands in the shapes recorded from kiro-cli 2.21.2 (engine v2), and can
 * hand `acp` on to a real agent program. Steered by the environment:
 *
 *   FAKE_KIRO_ACP='["qwen","--acp"]'   `kiro-cli acp` becomes that agent
 *   FAKE_KIRO_SCRIPT=file.json         steps [{write:{path,content}} | {shell} | {text}]
 *   FAKE_KIRO_FAULT=auth|login-hang|crash|silent-init|stall|exit0-nothing|denied|truncated|leak
 *   FAKE_KIRO_NO_ACP=1                 an old CLI that does not know `acp`
 *   FAKE_KIRO_ENGINE=v3                an `acp` that knows only v3 and wants `--auth-method cli`
 */
import { spawn } from 'node:child_process';
import { serveAcp } from './acp.ts';
import { chat } from './chat.ts';
import { argv, env, flag, version } from './steps.ts';

const [command] = argv;

if (argv.includes('--version')) {
  console.log(`kiro-cli ${version}`);
} else if (command === 'whoami') {
  whoami();
} else if (command === 'acp' && env['FAKE_KIRO_NO_ACP'] === undefined) {
  if (argv.includes('--help')) acpHelp();
  else if (env['FAKE_KIRO_ACP'] === undefined) serveAcp();
  else handOver(JSON.parse(env['FAKE_KIRO_ACP']) as [string, ...string[]]);
} else if (command === 'chat') {
  if (argv.includes('--help')) chatHelp();
  else chat();
} else {
  process.stderr.write(`error: unrecognized subcommand '${command}'\n`);
  process.exitCode = 2;
}

function whoami(): void {
  const json = (flag('--format') ?? 'plain').startsWith('json');
  if (env['KIRO_API_KEY'] === undefined) {
    console.log(json ? '{"account":null}' : 'Not logged in');
    process.exitCode = 1;
    return;
  }
  console.log(json ? JSON.stringify({ accountType: 'ApiKey', email: null }) : 'Authenticated with API key');
}

function acpHelp(): void {
  const engines = env['FAKE_KIRO_ENGINE'] === 'v3' ? '<v3>' : '<v2|v3>';
  console.log(
    `Usage: kiro-cli acp [OPTIONS]\n      --agent <AGENT>\n  -a, --trust-all-tools\n      --agent-engine ${engines}\n      --auth-method <METHOD>`,
  );
}

function chatHelp(): void {
  console.log(
    'Usage: kiro-cli chat [OPTIONS] [INPUT]\n      --no-interactive\n      --output-format <text|stream-json>\n' +
      '      --agent-engine <v1|v2|v3>\n      --trust-tools <TOOL_NAMES>\n      --wrap <auto|never|always>',
  );
}

function handOver([file, ...args]: [string, ...string[]]): void {
  const child = spawn(file, args, { stdio: 'inherit' });
  child.on('exit', (code) => process.exit(code ?? 1));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
}
