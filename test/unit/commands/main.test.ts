import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VigilError } from '../../../src/domain/errors.ts';
import { codeOnPaper } from '../../support/code-on-paper.ts';
import { runScripted } from '../../support/scripted-program.ts';
import { anomalyView, idOf, statusView } from '../../support/views.ts';

describe('the program', () => {
  it('shows its help, examples first', async () => {
    const { code, out, err } = await runScripted(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.indexOf('$ vigilai demo')).toBeLessThan(out.indexOf('Usage:'));
    expect(out.split('\n').length).toBeLessThan(40);
  });

  it('shows its help when nothing is asked', async () => {
    expect(await runScripted([])).toMatchObject({ code: 0, out: expect.stringContaining('Usage: vigilai') });
  });

  it.each([
    'watch',
    'anomalies',
    'diagnose',
    'fix',
    'replay',
    'templates',
    'status',
    'doctor',
    'daemon',
    'config',
    'demo',
  ])('has help for %s with an example first', async (command) => {
    const { code, out } = await runScripted([command, '--help']);
    expect(code).toBe(0);
    expect(out.trimStart().startsWith(`$ vigilai ${command}`)).toBe(true);
    expect(out).toContain('--json');
  });

  it('names the version', async () => {
    expect(await runScripted(['--version'])).toMatchObject({ code: 0, out: '9.8.7\n' });
  });

  it.each([
    [['frobnicate'], "unknown command 'frobnicate'", '`vigilai --help` lists the commands.'],
    [['stauts'], 'Did you mean status?', '`vigilai --help` lists the commands.'],
    [['fix'], "missing required argument 'id'", '`vigilai fix --help` shows how.'],
    [['status', '--jsno'], "unknown option '--jsno'", '`vigilai status --help` shows how.'],
    [['anomalies', 'lst'], "unknown command 'lst'", '`vigilai anomalies --help` shows how.'],
    [['anomalies', 'list', '--limit', 'many'], 'a whole number from 1 to 500', 'vigilai anomalies --help'],
    [['replay', 'x', '--interval', '0'], 'a number above 0', 'vigilai replay --help'],
    [['diagnose'], 'no anomaly is named', 'vigilai diagnose last'],
    [['diagnose', 'last', '--input', 'x'], 'either an id or --input', '--help'],
  ])('answers %j as a usage error', async (argv, what, hint) => {
    const { code, out, err } = await runScripted(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^vigilai: .*\nnext: .*\n$/);
    expect(err).toContain(what);
    expect(err).toContain(hint);
  });
});

describe('errors', () => {
  const failing = (error: Error) => ({ client: { status: () => Promise.reject(error) } });

  it('tells what happened, what to do next, and ends with the code of the table', async () => {
    const error = new VigilError('daemon_unreachable', { what: 'the daemon does not answer' });
    expect(await runScripted(['status'], failing(error))).toEqual({
      code: 4,
      out: '',
      err: 'vigilai: the daemon does not answer\nnext: Run `vigilai daemon restart`.\n',
    });
  });

  it('is one JSON object on stderr under --json, and nothing on stdout', async () => {
    const error = new VigilError('state_too_new', { what: 'the database is newer' });
    const { code, out, err } = await runScripted(['status', '--json'], failing(error));
    expect({ code, out }).toEqual({ code: 10, out: '' });
    expect(JSON.parse(err)).toMatchObject({
      code: 'state_too_new',
      exit: 10,
      detail: 'the database is newer',
    });
  });

  it('takes anything else as a bug of ours: one line and a log', async () => {
    const { code, err } = await runScripted(['status'], failing(new RangeError('off by one')));
    expect(code).toBe(70);
    expect(err).toMatch(/^vigilai: this is a bug of ours: RangeError: off by one\nnext: .*crash\.log\n$/);
    const log = /in (.*crash\.log)/.exec(err)?.[1] ?? '';
    expect(existsSync(log)).toBe(true);
    expect(readFileSync(log, 'utf8')).toContain('RangeError: off by one\n    at ');
  });

  it('ends with 130 on Ctrl-C, and at once on the second', async () => {
    const stuck = { client: { status: () => new Promise<never>(() => undefined) } };
    const during = (send: (name: 'SIGINT') => void) => {
      setImmediate(() => {
        send('SIGINT');
        send('SIGINT');
      });
    };
    expect((await runScripted(['status'], { ...stuck, during })).code).toBe(130);
  });
});

describe('commands with a daemon', () => {
  const items = [
    anomalyView('a', { severity: 'critical', title: 'TypeError: a\u001b[2J is not a function' }),
    anomalyView('b', { status: 'resolved' }),
  ];
  const client = { listAnomalies: () => Promise.resolve({ items, next: null }) };

  it('lists what is open', async () => {
    const { code, out } = await runScripted(['anomalies', 'list'], { client });
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'ID        STATUS    SEVERITY  SEEN  LAST  SOURCE  WHAT',
      'aaaaaaaa  detected  critical    ×3   42s  app     TypeError: a is not a function',
      '',
    ]);
  });

  it('lists everything with --all, as JSON with --json', async () => {
    const { out } = await runScripted(['anomalies', '--all', '--json'], { client });
    expect(JSON.parse(out)).toMatchObject({ items: [{ id: idOf('a') }, { id: idOf('b') }], next: null });
  });

  it('says when there is nothing', async () => {
    const none = { listAnomalies: () => Promise.resolve({ items: [], next: null }) };
    expect((await runScripted(['anomalies'], { client: none })).out).toBe('No anomaly so far.\n');
  });

  it('refuses a status that does not exist', async () => {
    const { code, err } = await runScripted(['anomalies', 'list', '--status', 'sleepy'], { client });
    expect(code).toBe(2);
    expect(err).toContain('One of: detected, diagnosing');
  });

  it('shows one with its next step', async () => {
    const show = {
      showAnomaly: () =>
        Promise.resolve({ ...anomalyView('a'), course: [], alongside: [], alongside_more: 0 }),
    };
    const { out } = await runScripted(['anomalies', 'show', 'aa'], { client: show });
    expect(out).toContain('at pay (src/pay.js:4:2)');
    expect(out).toContain('next: vigilai diagnose aaaaaaaa');
  });

  it('dismisses', async () => {
    const asked: unknown[] = [];
    const close = {
      closeAnomaly: (input: unknown) => {
        asked.push(input);
        return Promise.resolve(anomalyView('a', { status: 'false_positive' }));
      },
    };
    const { out } = await runScripted(['anomalies', 'dismiss', 'aa'], { client: close });
    expect(asked).toEqual([{ id: 'aa', as: 'false_positive' }]);
    expect(out).toBe('aaaaaaaa is false positive.\n');
  });

  it('starts nothing for status', async () => {
    const { code, out } = await runScripted(['status'], { client: null });
    expect(code).toBe(0);
    expect(out).toMatch(/^No daemon runs/);
    expect((await runScripted(['status', '--json'], { client: null })).out).toBe(
      '{\n  "running": false\n}\n',
    );
  });

  it('shows sources with rate and lag', async () => {
    const { out } = await runScripted(['status'], {
      client: { status: () => Promise.resolve(statusView()) },
    });
    expect(out).toContain('app     reading  12.3/s    5120  20.5 kB  6 of 8 ready, learning 45%');
  });

  it('keeps colours for terminals and those who force them', async () => {
    const view = { client: { status: () => Promise.resolve(statusView()) } };
    expect((await runScripted(['status'], view)).out).not.toContain('\u001b[');
    expect((await runScripted(['status'], { ...view, env: { FORCE_COLOR: '1' } })).out).toContain('\u001b[');
    const both = { FORCE_COLOR: '1', NO_COLOR: '1' };
    expect((await runScripted(['status'], { ...view, env: both })).out).not.toContain('\u001b[');
  });
});

describe('the house without a daemon', () => {
  it('doctor ends with 3 when something required is missing, and says what to do', async () => {
    const inspect = () =>
      Promise.resolve([
        { name: 'git', state: 'missing', detail: 'not found', next: 'Install git.' } as const,
        { name: 'sandbox', state: 'ok', detail: 'bubblewrap', next: null } as const,
      ]);
    const repositoryAt = async () => codeOnPaper({ 'package.json': '{}', 'a.py': '' });
    const { code, out } = await runScripted(['doctor'], { house: { inspect, repositoryAt } });
    expect(code).toBe(3);
    expect(out).toMatch(/✔ package \. +python, no known test runner\n/);
    expect(out).toMatch(/✘ git +not found\n +next: Install git\.\n/);
  });

  it('doctor looks on when the configuration is broken', async () => {
    const broken = await runScripted(['doctor'], { env: { VIGILAI_OFFLINE: 'perhaps' } });
    expect(broken.code).toBe(3);
    expect(broken.out).toContain('VIGILAI_OFFLINE is "perhaps"');
  });

  it('config validate ends with 2 and names file, key, value and allowed form', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'vigilai-'));
    writeFileSync(join(cwd, 'vigilai.config.json'), '{"automation":"yolo"}');
    const { code, err } = await runScripted(['config', 'validate'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('vigilai.config.json: automation is "yolo"; allowed: "observe", "diagnose"');
  });

  it('config show prints the settings that hold', async () => {
    const { out } = await runScripted(['config', 'show', '--json'], { env: { VIGILAI_AUTOMATION: 'stage' } });
    expect(JSON.parse(out)).toMatchObject({ settings: { automation: 'stage' }, origins: ['environment'] });
  });

  it('daemon run is the daemon and ends with its code', async () => {
    expect((await runScripted(['daemon', 'run'], { daemon: () => Promise.resolve(10) })).code).toBe(10);
  });
});
