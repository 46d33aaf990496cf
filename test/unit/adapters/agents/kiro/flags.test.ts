import { describe, expect, it } from 'vitest';
import { readFlags } from '../../../../../src/adapters/agents/kiro/flags.ts';

const help = (stdout: string) => ({ exit: 'code' as const, code: 0, stdout, stderr: '' });
const unknown = { exit: 'code' as const, code: 2, stdout: '', stderr: 'unrecognized subcommand' };
const hanging = { exit: 'timeout' as const, code: null, stdout: '', stderr: '' };

describe('flags of the installed Kiro', () => {
  it('names the engine v2 where it is listed', () => {
    const { acp } = readFlags(help('  --agent-engine <v2|v3>\n  --auth-method <METHOD>'), unknown);
    expect(acp).toEqual(['acp', '--agent-engine', 'v2']);
  });

  it('takes v3 with the credentials of the CLI where there is no v2', () => {
    const { acp } = readFlags(help('  --agent-engine <v3>\n  --auth-method <METHOD>'), unknown);
    expect(acp).toEqual(['acp', '--agent-engine', 'v3', '--auth-method', 'cli']);
  });

  it('passes no flag that the help does not list', () => {
    expect(readFlags(help('  --agent <AGENT>'), unknown).acp).toEqual(['acp']);
    expect(readFlags(help('  --agent-engine <v3>'), unknown).acp).toEqual(['acp', '--agent-engine', 'v3']);
  });

  it('has no ACP where the subcommand is unknown or its help hangs', () => {
    expect(readFlags(unknown, unknown).acp).toBeNull();
    expect(readFlags(hanging, unknown).acp).toBeNull();
  });

  it('has no headless way without machine output', () => {
    expect(readFlags(unknown, help('  --no-interactive\n  --trust-all-tools')).headless).toBeNull();
  });

  it('runs headless with the prompt on stdin and trust for files and commands only', () => {
    const { headless } = readFlags(unknown, help('  --output-format <F>\n  --agent-engine <v1|v2|v3>'));
    expect(headless).toEqual(
      expect.arrayContaining(['chat', '--no-interactive', '--output-format', 'stream-json', 'v2']),
    );
    expect(headless?.join(' ')).not.toContain('--wrap');
    expect(headless?.join(' ')).not.toContain('--trust-all-tools');
  });
});
