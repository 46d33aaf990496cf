import { describe, expect, it } from 'vitest';
import type { Client } from '../../../../src/client/client.ts';
import { sourceName } from '../../../../src/commands/watch/watch-feed.ts';
import type { ChangeView } from '../../../../src/contract/system-views.ts';
import type { House, Journal } from '../../../../src/ports/house.ts';
import { changesOf, runScripted } from '../../../support/scripted-program.ts';
import { anomalyView, diagnosisView, idOf, jobView, statusView } from '../../../support/views.ts';

const status: ChangeView = { kind: 'status', status: statusView() };
const anomaly = (change: 'opened' | 'moved', more = {}): ChangeView => ({
  kind: 'anomaly',
  change,
  anomaly: anomalyView('a', more),
});

function daemonWith(changes: readonly ChangeView[], asked: unknown[] = []): Partial<Client> {
  return {
    changes: (signal) => changesOf(changes, signal),
    listAnomalies: () => Promise.resolve({ items: [], next: null }),
    showDiagnosis: () => Promise.resolve(diagnosisView('a')),
    status: () => Promise.resolve(statusView({ sources: [] })),
    attachJournal: (input) => {
      asked.push(input);
      return Promise.resolve({ name: input.name });
    },
  };
}

/** A house in which a command prints these and ends. */
function houseWith(prints: readonly (readonly ['stdout' | 'stderr', string])[], exit: number) {
  const written: string[] = [];
  const signals: string[] = [];
  const begun = Promise.withResolvers<void>();
  const journal: Journal = {
    path: '/state/journals/x.log',
    write: (text) => void written.push(text),
    close: () => Promise.resolve(void written.push('<end>')),
  };
  const house: Partial<House> = {
    journal: () => Promise.resolve(journal),
    preferences: { get: () => Promise.resolve(null), set: () => Promise.resolve() },
    wrap: (_argv, onOutput) => ({
      exit: (async () => {
        begun.resolve();
        for (const [to, text] of prints) onOutput(text, to);
        await new Promise((resolve) => setTimeout(resolve, 30));
        return exit;
      })(),
      signal: (name) => void signals.push(name),
    }),
  };
  return { house, written, signals, begun: begun.promise };
}

describe('watch without a terminal', () => {
  it('passes the output through, keeps it for the daemon, and ends with the code of the command', async () => {
    const asked: unknown[] = [];
    const { house, written } = houseWith(
      [
        ['stdout', 'hal'],
        ['stderr', 'oops\n'],
        ['stdout', 'lo\nrest'],
      ],
      5,
    );
    const ran = await runScripted(['watch', '--', 'npm', 'start'], { house, client: daemonWith([], asked) });
    expect(ran).toMatchObject({ code: 5, out: 'hallo\nrest', err: 'oops\n' });
    expect(asked).toEqual([{ name: 'npm-start', journal: '/state/journals/x.log' }]);
    expect(written).toEqual(['oops\n', 'hallo\n', 'rest\n', '<end>']);
  });

  it('tells on stderr what it sees, each thing once', async () => {
    const changes = [
      status,
      status,
      anomaly('opened'),
      anomaly('moved', { status: 'diagnosed', diagnosis_id: idOf('d') }),
      { kind: 'job', job: jobView('a') } as const,
      { kind: 'job', job: jobView('a', { progress: 0.6 }) } as const,
    ];
    const { house } = houseWith([], 0);
    const { err, out } = await runScripted(['watch', '--', 'true'], { house, client: daemonWith(changes) });
    expect(out).toBe('');
    expect(err.split('\n').toSorted()).toEqual(
      [
        '',
        'vigilai: ! aaaaaaaa high in app: TypeError: a is not a function',
        'vigilai: aaaaaaaa cause: pay is called before the cart is loaded (src/pay.js:4)',
        'vigilai: aaaaaaaa fix processing, the agent is writing',
        'vigilai: app is learning what is normal',
      ].toSorted(),
    );
  });

  it('is one JSON change a line under --json, with the command’s output beside it', async () => {
    const { house } = houseWith([['stdout', 'hello\n']], 0);
    const ran = await runScripted(['watch', '--json', '--', 'true'], { house, client: daemonWith([status]) });
    expect(JSON.parse(ran.out)).toMatchObject({ kind: 'status' });
    expect(ran.err).toBe('hello\n');
  });

  it('hands signals on and lets the command decide when to end', async () => {
    const { house, signals, begun } = houseWith([], 7);
    const { code } = await runScripted(['watch', '--', 'sleep'], {
      house,
      client: daemonWith([]),
      during: (send) => void begun.then(() => send('SIGTERM')),
    });
    expect(code).toBe(7);
    expect(signals).toEqual(['SIGTERM']);
  });

  it('watches the configured sources until Ctrl-C', async () => {
    const { house } = houseWith([], 0);
    const { code } = await runScripted(['watch'], {
      house,
      client: daemonWith([status]),
      during: (send) => void setTimeout(() => send('SIGINT'), 30),
    });
    expect(code).toBe(130);
  });
});

describe('the name of a wrapped command', () => {
  it.each([
    [['npm', 'start'], 'npm-start'],
    [['/usr/bin/node', '--watch', 'src/server.js', '--port', '80'], 'node-server.js-80'],
    [['./run.sh'], 'run.sh'],
    [['sh', '-c', 'echo "hi there" | cat'], 'sh-echo-hi-there-cat'],
    [['***'], 'command'],
  ])('of %j is %s', (argv, name) => {
    expect(sourceName(argv)).toBe(name);
    expect(sourceName(argv)).toMatch(/^[\w.-]{1,64}$/);
  });
});
