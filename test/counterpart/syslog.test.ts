import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type SyslogOptions, syslogSourceSchema } from '../../src/adapters/sources/syslog/options.ts';
import { syslogReceiver } from '../../src/adapters/sources/syslog/receiver.ts';
import type { CarriedLine } from '../../src/domain/event.ts';
import type { Listening } from '../../src/ports/source.ts';
import { type CollectedIntake, collectedIntake } from '../support/collected-intake.ts';
import { freePort, realProgram, start } from '../support/real-program.ts';
import { receiverDeps } from '../support/receiver-deps.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

interface Receiver {
  readonly intake: CollectedIntake;
  readonly port: number;
  readonly listening: Listening;
  lines(): readonly CarriedLine[];
}

async function receiver(some: Partial<SyslogOptions> = {}): Promise<Receiver> {
  const options = { ...syslogSourceSchema.parse({ type: 'syslog', name: 'sys' }), port: 0, ...some };
  const intake = collectedIntake();
  const listening = await syslogReceiver(options, receiverDeps())(intake);
  closing.push(() => listening.close());
  const port = Number(/:(\d+)$/.exec(listening.address)?.[1]);
  return { intake, listening, port, lines: () => intake.records as readonly CarriedLine[] };
}

function tcp(port: number): Promise<Socket> {
  return new Promise((settle, fail) => {
    const socket = connect(port, '127.0.0.1', () => settle(socket));
    socket.once('error', fail);
    closing.push(() => socket.destroy());
  });
}

async function udp(port: number, ...messages: readonly (string | Buffer)[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const message of messages) {
    await new Promise((settle) => socket.send(message, port, '127.0.0.1', settle));
  }
  socket.close();
}

describe('syslog over UDP and TCP', () => {
  it('receives both on one port', async () => {
    const { intake, listening, port, lines } = await receiver();
    expect(listening.address).toBe(`tcp://127.0.0.1:${port} udp://127.0.0.1:${port}`);
    await udp(port, '<11>1 - web app 7 - - over udp');
    (await tcp(port)).end('<11>1 - web app 7 - - over tcp\n');
    await intake.until(() => lines().length === 2);
    expect(
      lines()
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['over tcp', 'over udp']);
    expect(lines()[0]).toMatchObject({ level: 'error', lane: 'web app[7]' });
  });

  it('makes TCP senders wait while nothing can be kept, and loses none of it', async () => {
    const { intake, port, lines } = await receiver();
    intake.fill(true);
    const socket = await tcp(port);
    const many = Array.from(
      { length: 60_000 },
      (_, i) => `<14>1 - web app 7 - - line ${i} ${'x'.repeat(200)}\n`,
    );
    let sent = false;
    socket.write(many.join(''), () => {
      sent = true;
    });
    await intake.until(() => intake.refused() >= 3);
    expect(sent).toBe(false);
    expect(intake.records).toEqual([]);
    intake.fill(false);
    await intake.until(() => lines().length === many.length);
    expect(lines().every(({ text }, i) => text.startsWith(`line ${i} x`))).toBe(true);
    expect(intake.dropped()).toBe(0);
  });

  it('tries again what could not be written, and says so once', async () => {
    const options = { ...syslogSourceSchema.parse({ type: 'syslog', name: 'sys' }), port: 0 };
    const deps = receiverDeps();
    let left = 2;
    const intake = collectedIntake();
    const failing = {
      ...intake,
      accept: (records: Parameters<typeof intake.accept>[0]) => {
        left -= 1;
        return left < 0 ? intake.accept(records) : Promise.reject(new Error('no space left on the device'));
      },
    };
    const listening = await syslogReceiver(options, deps)(failing);
    closing.push(() => listening.close());
    (await tcp(Number(/:(\d+)$/.exec(listening.address)?.[1]))).end('<14>1 - web app 7 - - kept\n');
    await intake.until(() => intake.records.length === 1);
    expect(deps.said).toEqual([expect.stringContaining('no space left on the device')]);
  });

  it('counts what UDP brings while nothing can be kept and there is no room', async () => {
    const { intake, port, lines } = await receiver();
    intake.fill(true);
    // Each has 30,000 lines of one character: three find room to wait in memory, not four.
    const datagram = Buffer.from(`<14>1 - web app 7 - - ${'a\n'.repeat(30_000)}`);
    await udp(port, datagram, datagram, datagram, datagram);
    await intake.until(() => intake.dropped() > 0 && intake.refused() > 0);
    intake.fill(false);
    await intake.until(() => lines().length + intake.dropped() === 120_000);
    expect(lines().length).toBeGreaterThanOrEqual(60_000);
  });

  it('cuts what is too long and counts it', async () => {
    const { intake, port, lines } = await receiver();
    (await tcp(port)).end(`<14>${'x'.repeat(100_000)}\n<14>next\n`);
    await intake.until(() => lines().length === 2);
    expect(lines().map(({ text }) => text.length)).toEqual([65_532, 4]);
    expect(intake.dropped()).toBe(1);
  });

  it('hangs up on a sender whose frames cannot be understood', async () => {
    const { intake, port, lines } = await receiver();
    const socket = await tcp(port);
    const closed = new Promise((settle) => socket.once('close', settle));
    socket.resume();
    socket.write('5 <1>abnonsense');
    await closed;
    expect(lines().map(({ text }) => text)).toEqual(['ab']);
    expect(intake.dropped()).toBe(1);
  });

  it('names the port that is taken, and leaves the other protocol free again', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((settle) => socket.bind(0, '127.0.0.1', settle));
    const { port } = socket.address();
    await expect(receiver({ port })).rejects.toMatchObject({ code: 'port_taken' });
    socket.close();
    expect((await receiver({ port })).port).toBe(port);
  });

  it('ends at once when it is closed, whoever is connected', async () => {
    const { listening, port } = await receiver();
    const socket = await tcp(port);
    const closed = new Promise((settle) => socket.once('close', settle));
    socket.on('error', () => undefined);
    socket.resume();
    await listening.close();
    await closed;
  });
});

const logger = realProgram('logger');

describe.skipIf(logger.skipped)('the logger of util-linux', () => {
  const formats = [
    ['--udp', '--rfc5424'],
    ['--udp', '--rfc3164'],
    ['--tcp', '--rfc5424'],
    ['--tcp', '--rfc3164'],
    ['--tcp', '--rfc5424', '--octet-count'],
    ['--tcp', '--rfc3164', '--octet-count'],
  ];

  it.each(formats)('is understood with %s %s %s', async (...format) => {
    const { intake, port, lines } = await receiver();
    const before = Date.now();
    const flags = [
      ...format.filter((flag) => flag !== undefined),
      '--server',
      '127.0.0.1',
      '--port',
      `${port}`,
    ];
    const sent = start(
      logger,
      [...flags, '--tag', 'shop', '--id=77', '-p', 'local3.warning'],
      'one\ntwo ü\n',
    );
    expect([await sent.ended, sent.output()]).toEqual([0, '']);
    await intake.until(() => lines().length === 2);
    expect(lines().map(({ text }) => text)).toEqual(['one', 'two ü']);
    for (const { level, lane, timestamp, metadata } of lines()) {
      expect(level).toBe('warn');
      expect(metadata).toMatchObject({ program: 'shop', pid: '77', facility: 'local3' });
      expect(lane).toBe(`${metadata['host']} shop[77]`);
      expect(Math.abs((timestamp ?? 0) - before)).toBeLessThan(60_000);
    }
  });

  it('sends structured data and a message id', async () => {
    const { intake, port, lines } = await receiver();
    const flags = ['--udp', '--rfc5424', '--server', '127.0.0.1', '--port', `${port}`, '--msgid', 'PAY'];
    await start(logger, [...flags, '--sd-id', 'order@1', '--sd-param', 'id="7"', 'paid']).ended;
    await intake.until(() => lines().length === 1);
    expect(lines()[0]).toMatchObject({ text: 'paid', metadata: { msgid: 'PAY', 'order@1.id': '7' } });
  });
});

const rsyslogd = realProgram('rsyslogd');

describe.skipIf(rsyslogd.skipped || logger.skipped)('a real rsyslogd', () => {
  /** An rsyslogd that hands on what it gets over UDP. */
  async function relay(to: number, action: string): Promise<number> {
    const folder = mkdtempSync(join(tmpdir(), 'vigilai-rsyslog-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const port = await freePort();
    const config = join(folder, 'rsyslog.conf');
    writeFileSync(
      config,
      [
        `global(workDirectory="${folder}")`,
        'module(load="imudp")',
        `input(type="imudp" address="127.0.0.1" port="${port}")`,
        `action(type="omfwd" target="127.0.0.1" port="${to}" ${action})`,
      ].join('\n'),
    );
    const child = start(rsyslogd, ['-n', '-f', config, '-i', join(folder, 'pid')]);
    closing.push(() => child.stop());
    return port;
  }

  /** Sends until something arrives: rsyslogd does not say when it listens. */
  async function sendThrough(port: number, { intake, lines }: Receiver, message: string): Promise<void> {
    while (lines().length === 0) {
      await udp(port, message);
      let looks = 0;
      await intake.until(() => lines().length > 0 || ++looks > 15);
    }
  }

  it('forwards over TCP with counted frames, in RFC 5424', async () => {
    const to = await receiver();
    const action = 'protocol="tcp" TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format"';
    const port = await relay(to.port, action);
    await sendThrough(
      port,
      to,
      '<155>Mar  5 11:59:58 web shop[77]: Error: boom\n    at pay (/srv/pay.js:3:9)',
    );
    await to.intake.until(() => to.lines().length >= 2);
    expect(to.lines().slice(0, 2)).toMatchObject([
      { text: 'Error: boom', level: 'error', lane: 'web shop[77]', metadata: { facility: 'local3' } },
      { text: '    at pay (/srv/pay.js:3:9)', lane: 'web shop[77]' },
    ]);
  });

  it('forwards over TCP with newlines and over UDP, in the traditional form', async () => {
    for (const action of ['protocol="tcp" TCP_Framing="traditional"', 'protocol="udp"']) {
      const to = await receiver();
      await sendThrough(await relay(to.port, action), to, '<155>Mar  5 11:59:58 web shop[77]: paid');
      expect(to.lines()[0]).toMatchObject({
        text: 'paid',
        level: 'error',
        lane: 'web shop[77]',
        metadata: { host: 'web', program: 'shop', pid: '77' },
      });
    }
  });

  it('forwards with RFC 3339 times', async () => {
    const to = await receiver();
    const action = 'protocol="tcp" TCP_Framing="octet-counted" template="RSYSLOG_ForwardFormat"';
    await sendThrough(await relay(to.port, action), to, '<155>Mar  5 11:59:58 web shop[77]: paid');
    expect(to.lines()[0]).toMatchObject({ text: 'paid', metadata: { host: 'web', program: 'shop' } });
    expect(to.lines()[0]?.timestamp).toBeTypeOf('number');
  });
});
