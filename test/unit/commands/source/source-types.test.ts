import { describe, expect, it } from 'vitest';
import { configShape } from '../../../../src/config/problems.ts';
import { runScripted } from '../../../support/scripted-program.ts';

interface TypeJson {
  readonly type: string;
  readonly about: string;
  readonly options: readonly {
    readonly name: string;
    readonly default?: unknown;
    readonly description: string;
  }[];
}

describe('sources types', () => {
  it('lists every type that a configuration may name, without a daemon', async () => {
    const { code, out } = await runScripted(['sources', 'types'], { client: null });
    expect(code).toBe(0);
    const sources = configShape().properties?.['sources']?.anyOf?.find(({ items }) => items !== undefined);
    const types = sources?.items?.oneOf?.map(({ properties }) => String(properties?.['type']?.const)) ?? [];
    expect(types.length).toBeGreaterThanOrEqual(10);
    for (const type of types) expect(out).toMatch(new RegExp(`^${type} +\\w`, 'm'));
    expect(out).toContain('vigilai watch -- CMD');
  });

  it('shows the options of one, with defaults and what they mean', async () => {
    const { code, out } = await runScripted(['sources', 'types', 'syslog']);
    expect(code).toBe(0);
    expect(out).toContain("  sources: [{ type: 'syslog', name: 'syslog' }],\n");
    expect(out).toContain('name (has to be given)\n');
    expect(out).toContain('port (5514)\n    Port to listen on. Allowed: a whole number from 1 to 65535.\n');
    expect(out).toContain('next: write it into vigilai.config.ts, then `vigilai sources test syslog`\n');
  });

  it('is JSON on request, and every option has a help text', async () => {
    const { out } = await runScripted(['sources', 'types', '--json']);
    const { types } = JSON.parse(out) as { readonly types: readonly TypeJson[] };
    for (const { options } of types) {
      expect(options.map(({ name }) => name)).not.toContain('type');
      for (const { description } of options) expect(description).not.toBe('');
    }
    const host = types.find(({ type }) => type === 'host');
    expect(host?.options.find(({ name }) => name === 'intervalSeconds')?.default).toBe(10);
  });

  it('does not send a person to test http, whose port the daemon opens', async () => {
    const { out } = await runScripted(['sources', 'types', 'http']);
    expect(out).not.toContain('sources test');
  });

  it('names what is near when the type is unknown, else what there is', async () => {
    const near = await runScripted(['sources', 'types', 'sylog']);
    expect(near).toMatchObject({ code: 2, err: expect.stringContaining('vigilai sources types syslog') });
    const far = await runScripted(['sources', 'types', 'carrier-pigeon']);
    expect(far).toMatchObject({ code: 2, err: expect.stringContaining('file, docker, journald') });
  });
});
