import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SyslogContext } from '../../../../../src/adapters/sources/syslog/header.ts';
import { syslogLines } from '../../../../../src/adapters/sources/syslog/message.ts';

const NOW = Date.UTC(2026, 2, 5, 12, 0, 0);
const context: SyslogContext = { now: NOW, utcOffsetMinutes: 0, peer: '127.0.0.1:40000' };
const read = (message: string, some: Partial<SyslogContext> = {}) =>
  syslogLines(message, { ...context, ...some });
const first = (message: string, some: Partial<SyslogContext> = {}) => read(message, some)[0];

describe('RFC 5424', () => {
  it('reads the header, the structured data and the message', () => {
    expect(
      read(
        '<165>1 2026-03-05T11:59:59.003Z mymachine.example.com evntslog 42 ID47 [exampleSDID@32473 iut="3" eventSource="Application"][x@1 a="b"] \ufeffAn application event',
      ),
    ).toEqual([
      {
        type: 'line',
        text: 'An application event',
        timestamp: NOW - 997,
        level: 'info',
        lane: 'mymachine.example.com evntslog[42]',
        partial: false,
        metadata: {
          'exampleSDID@32473.iut': '3',
          'exampleSDID@32473.eventSource': 'Application',
          'x@1.a': 'b',
          host: 'mymachine.example.com',
          program: 'evntslog',
          pid: '42',
          msgid: 'ID47',
          facility: 'local4',
        },
      },
    ]);
  });

  it('reads a header in which nothing is known', () => {
    expect(read('<11>1 - - - - - - boom')).toEqual([
      {
        type: 'line',
        text: 'boom',
        timestamp: null,
        level: 'error',
        lane: '127.0.0.1:40000',
        partial: false,
        metadata: { facility: 'user' },
      },
    ]);
  });

  it('takes escapes out of values, and keeps a bracket in one', () => {
    expect(first(String.raw`<14>1 - - - - - [a b="\"q\" \\ \] \n"] x`)?.metadata).toMatchObject({
      'a.b': String.raw`"q" \ ] \n`,
    });
  });

  it('leaves in the message what only looks like structured data', () => {
    expect(first('<14>1 - h app - - [not closed')?.text).toBe('[not closed');
    expect(first('<14>1 - h app - - [a b=c] x')?.text).toBe('[a b=c] x');
    expect(first('<14>1 - h app - - [] x')?.text).toBe('[] x');
  });

  it('bounds what it keeps beside the message', () => {
    const params = Array.from({ length: 100 }, (_, i) => ` p${i}="${'v'.repeat(2000)}"`).join('');
    const { metadata } = first(`<14>1 - - - - - [a${params}] x`) ?? {};
    expect(Object.keys(metadata ?? {})).toHaveLength(33);
    expect(metadata?.['a.p0']).toHaveLength(500);
  });
});

describe('RFC 3164', () => {
  it('reads host, program and process id', () => {
    expect(read("<34>Mar  5 11:59:58 mymachine su[77]: 'su root' failed for lonvick on /dev/pts/8")).toEqual([
      {
        type: 'line',
        text: "'su root' failed for lonvick on /dev/pts/8",
        timestamp: NOW - 2000,
        level: 'fatal',
        lane: 'mymachine su[77]',
        partial: false,
        metadata: { host: 'mymachine', program: 'su', pid: '77', facility: 'auth' },
      },
    ]);
  });

  it('reads what a program writes to its own machine, without a host', () => {
    expect(first('<30>Mar  5 11:59:58 app[7]: ready')).toMatchObject({
      text: 'ready',
      lane: '127.0.0.1 app[7]',
      metadata: { program: 'app', pid: '7' },
    });
  });

  it('reads the time as rsyslog writes it', () => {
    expect(first('<30>2026-03-05T12:59:58.500000+01:00 web app: ready')).toMatchObject({
      text: 'ready',
      timestamp: NOW - 1500,
      metadata: { host: 'web', program: 'app' },
    });
  });

  it('takes a word for a tag only where it is marked as one', () => {
    expect(first('<30>Mar  5 11:59:58 web no tag here')).toMatchObject({
      text: 'no tag here',
      metadata: { host: 'web' },
    });
  });

  it('means the year that is nearest, and the zone that it is told', () => {
    const january = Date.UTC(2026, 0, 1, 0, 0, 5);
    const zone = { utcOffsetMinutes: 120 };
    expect(first('<30>Dec 31 23:59:59 h a: x', { now: january })?.timestamp).toBe(january - 6000);
    expect(first('<30>Jan  1 00:00:05 h a: x', { now: january - 10_000 })?.timestamp).toBe(january);
    expect(first('<30>Mar  5 14:00:00 h a: x', zone)?.timestamp).toBe(NOW);
    expect(first('<30>Feb 29 12:00:00 h a: x')?.timestamp).toBeNull();
    expect(first('<30>Feb 29 12:00:00 h a: x', { now: Date.UTC(2024, 5, 1) })?.timestamp).toBe(
      Date.UTC(2024, 1, 29, 12),
    );
  });

  it('reads old system logs, which have no priority', () => {
    const line = 'Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; logname= uid=0';
    expect(first(line)).toMatchObject({
      text: 'authentication failure; logname= uid=0',
      level: null,
      metadata: { host: 'combo', program: 'sshd(pam_unix)', pid: '19939' },
    });
  });
});

describe('what follows neither', () => {
  it.each([
    '2026-03-05T11:59:58.000Z INFO server: ready',
    '{"level":"error","msg":"boom"}',
    'TypeError: x is not a function',
    '<192>1 - - - - - - x',
    '<007>x',
  ])('is kept as it is: %s', (text) => {
    expect(read(text)).toEqual([
      {
        type: 'line',
        text,
        timestamp: null,
        level: null,
        lane: '127.0.0.1:40000',
        partial: false,
        metadata: {},
      },
    ]);
  });

  it('has the level of its priority, if it has one', () => {
    expect(first('<12>TypeError: x is not a function')).toMatchObject({
      text: 'TypeError: x is not a function',
      level: 'warn',
    });
  });
});

describe('a stack trace in one message', () => {
  it('becomes lines of one writer', () => {
    const lines = read('<11>1 - web app 7 - - Error: boom\r\n    at pay (/srv/pay.js:3:9)\n');
    expect(lines.map(({ text }) => text)).toEqual(['Error: boom', '    at pay (/srv/pay.js:3:9)']);
    expect(new Set(lines.map(({ lane }) => lane))).toEqual(new Set(['web app[7]']));
  });

  it('does so too when a relay has escaped the line ends', () => {
    const lines = read('<11>1 - web app 7 - - Error: boom#012    at pay (/srv/pay.js:3:9)#012Caused by: x');
    expect(lines.map(({ text }) => text)).toEqual([
      'Error: boom',
      '    at pay (/srv/pay.js:3:9)',
      'Caused by: x',
    ]);
    expect(read('<11>1 - - - - - - fixed in #012')[0]?.text).toBe('fixed in #012');
  });
});

describe('any text', () => {
  const nasty = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc
      .array(
        fc.constantFrom(
          '<13>',
          '1 ',
          '- ',
          '[',
          ']',
          '"',
          '\\',
          '=',
          ' ',
          'a',
          'Mar  5 11:59:58 ',
          ':',
          '\n',
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join('')),
  );

  it('is never thrown at, and never lost', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const lines = read(text);
        const kept = lines.map((line) => line.text).join('');
        for (const char of kept) expect(text).toContain(char);
        expect(kept.length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it('is read in a time that grows like its length', () => {
    const hostile = [
      '<14>1 - - - - - ' + '[a b="'.repeat(10_000),
      '<14>1 - - - - - [a' + ' b="\\"'.repeat(10_000),
      '<14>' + 'a['.repeat(30_000),
      '<14>Mar  5 11:59:58 ' + 'a:'.repeat(30_000),
      '<14>1 ' + '- '.repeat(30_000),
      '<14>1 - - - - - [' + ' '.repeat(60_000),
      '<14>1 - - - - - ' + '[a]'.repeat(20_000),
      '<14>' + '#012 '.repeat(12_000),
    ];
    for (const text of hostile) expect(read(text).length).toBeGreaterThan(0);
  });
});
