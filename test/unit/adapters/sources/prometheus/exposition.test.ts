import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Exposition,
  ExpositionError,
  parseExposition,
} from '../../../../../src/adapters/sources/prometheus/exposition.ts';
import type { Sample } from '../../../../../src/adapters/sources/prometheus/sample.ts';

const text = (...lines: readonly string[]) => parseExposition(lines.join('\n'), 'text');
const openMetrics = (...lines: readonly string[]) => parseExposition(lines.join('\n'), 'openmetrics');

/** A sample as one line: what it is, its labels, its value, its time. */
function shown({ type, role, family, name, labels, value, timestamp }: Sample): string {
  const inside = labels.map(([label, text]) => `${label}=${JSON.stringify(text)}`).join(',');
  const time = timestamp === null ? '' : ` @${timestamp}`;
  return `${type} ${role} ${family}: ${name}{${inside}} ${value}${time}`;
}

function failure(body: string, format: Exposition): string {
  try {
    parseExposition(body, format);
    return 'no error';
  } catch (error) {
    if (error instanceof ExpositionError) return error.message;
    throw error;
  }
}

describe('the text format 0.0.4', () => {
  it('reads each type, with labels in order', () => {
    const samples = text(
      '# HELP http_requests_total Requests, "all" of them \\\\ and\\nmore.',
      '# TYPE http_requests_total counter',
      'http_requests_total{method="post",code="200"} 1027 1395066363000',
      '# A comment, and a blank line.',
      '',
      'no_type 1.5e3',
      '# TYPE latency histogram',
      'latency_bucket{le="0.1"} 1',
      'latency_bucket{le="+Inf"} 3',
      'latency_sum 0.9',
      'latency_count 3',
      '# TYPE size summary',
      'size{quantile="0.5"} 7',
      'size_sum 70',
      'size_count 10',
    );
    expect(samples.map(shown)).toEqual([
      'counter value http_requests_total: http_requests_total{code="200",method="post"} 1027 @1395066363000',
      'unknown value no_type: no_type{} 1500',
      'histogram bucket latency: latency_bucket{le="0.1"} 1',
      'histogram bucket latency: latency_bucket{le="+Inf"} 3',
      'histogram sum latency: latency_sum{} 0.9',
      'histogram count latency: latency_count{} 3',
      'summary value size: size{quantile="0.5"} 7',
      'summary sum size: size_sum{} 70',
      'summary count size: size_count{} 10',
    ]);
  });

  it('reads escapes, blanks of any kind, a last comma, and numbers as Go writes them', () => {
    const samples = text(
      '\tpath{ file = "C:\\\\DIR\\\\a \\"b\\".txt" , line="x\\ny", } \t +Inf  -5 ',
      'a NaN',
      'b -inf',
      'c +.5',
      'd 6.02e+23',
    );
    expect(samples.map(({ value }) => value)).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      0.5,
      6.02e23,
    ]);
    expect(samples[0]).toMatchObject({
      timestamp: -5,
      labels: [
        ['file', 'C:\\DIR\\a "b".txt'],
        ['line', 'x\ny'],
      ],
    });
    expect(failure('a 0x10', 'text')).toContain('is no number');
  });

  it('knows names in quotes, of metrics and of labels', () => {
    expect(text('{"http.requests/s","http.route"="/a",code="5"} 1', '{"up"} 1').map(shown)).toEqual([
      'unknown value http.requests/s: http.requests/s{code="5",http.route="/a"} 1',
      'unknown value up: up{} 1',
    ]);
    expect(text('# TYPE "my.count" counter', '{"my.count"} 1').map(shown)).toEqual([
      'counter value my.count: my.count{} 1',
    ]);
  });

  it.each([
    ['this is no metric', 'line 1: "is" is no number'],
    ['a 1\nb', 'line 2: no value after b'],
    ['a 1 2 3', 'line 1: something after the value'],
    ['a{b="c} 1', 'line 1: a text without its closing quote'],
    ['a{b="c"', 'line 1: expected "," at column 8'],
    ['a{b="c"}', 'line 1: no value after a'],
    ['a{b="\\x"} 1', 'line 1: \\x is no escape'],
    ['a{b="1",b="2"} 1', 'line 1: the label b twice'],
    ['a{=""} 1', 'line 1: expected a name at column 3'],
    ['{a="b"} 1', 'line 1: labels without a metric'],
    ['a{"b"} 1', 'line 1: a second name, b'],
    ['"a" 1', 'line 1: a quoted name outside of braces'],
    ['1a 1', 'line 1: expected a name at column 1'],
    ['a 1,5', 'line 1: "1,5" is no number'],
    ['a 1 1.5', 'line 1: a timestamp in parts of a ms'],
    ['a 1\r\nb 2', 'line 1: "1\\r" is no number'],
    ['# TYPE a counter\n# TYPE a gauge', 'line 2: a second TYPE of a'],
    ['a 1\n# TYPE a gauge', 'line 2: TYPE after the samples of a'],
    ['# TYPE a sandwich', 'line 1: a has no known type'],
    ['# TYPE a gauge gauge', 'line 1: something after the TYPE'],
    ['# TYPE a', 'line 1: a has no known type'],
    ['# TYPE h histogram\nh_bucket 1', 'line 2: h_bucket without its le'],
    ['# TYPE h histogram\nh 1', 'line 2: h is no sample of a histogram'],
    ['<html>', 'line 1: expected a name at column 1'],
  ])('says where %j is wrong', (body, message) => {
    expect(failure(body, 'text')).toBe(message);
  });

  it('has bounds', () => {
    expect(failure('a 1\n'.repeat(200_001), 'text')).toBe('line 200001: more than 200000 samples');
    const labels = Array.from({ length: 129 }, (_, i) => `l${i}="x"`).join(',');
    expect(failure(`a{${labels}} 1`, 'text')).toBe('line 1: more than 128 labels');
    expect(failure(`a{b="${'x'.repeat(20_000)}"} 1`, 'text')).toContain('longer than 16384');
    expect(failure(`${'x'.repeat(2000)} 1`, 'text')).toContain('longer than 1024');
    expect(failure(`a ${'1'.repeat(100)}`, 'text')).toContain('is no number');
  });
});

describe('OpenMetrics 1.0', () => {
  it('reads each type, exemplars left out, times in seconds', () => {
    const samples = openMetrics(
      '# TYPE acme_http_router_request_seconds summary',
      '# UNIT acme_http_router_request_seconds seconds',
      "# HELP acme_http_router_request_seconds Latency though all of ACME's HTTP request router.",
      'acme_http_router_request_seconds_sum{path="/api/v1",method="GET"} 9036.32',
      'acme_http_router_request_seconds_count{path="/api/v1",method="GET"} 807283.0',
      'acme_http_router_request_seconds_created{path="/api/v1",method="GET"} 1605281325.0',
      '# TYPE foo counter',
      'foo_total 17.0 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67',
      'foo_created 1520872607.123',
      '# TYPE h histogram',
      'h_bucket{le="0.1"} 8 # {} 0.054',
      'h_bucket{le="+Inf"} 17 # {trace_id="oHg5SJ YRHA0",n="\\"1"} 9.8 1520879607.789',
      'h_count 17',
      '# TYPE g gaugehistogram',
      'g_bucket{le="+Inf"} 42',
      'g_gcount 42',
      'g_gsum 3289.3',
      '# TYPE build info',
      'build_info{version="1"} 1',
      '# TYPE state stateset',
      'state{state="a"} 1',
      '# TYPE my unknown',
      'my -5',
      '# EOF',
    );
    expect(samples.map(({ type, role, value, timestamp }) => [type, role, value, timestamp])).toEqual([
      ['summary', 'sum', 9036.32, null],
      ['summary', 'count', 807283, null],
      ['summary', 'created', 1605281325, null],
      ['counter', 'value', 17, 1520879607789],
      ['counter', 'created', 1520872607.123, null],
      ['histogram', 'bucket', 8, null],
      ['histogram', 'bucket', 17, null],
      ['histogram', 'count', 17, null],
      ['gaugehistogram', 'bucket', 42, null],
      ['gaugehistogram', 'count', 42, null],
      ['gaugehistogram', 'sum', 3289.3, null],
      ['info', 'info', 1, null],
      ['stateset', 'value', 1, null],
      ['unknown', 'value', -5, null],
    ]);
  });

  it.each([
    ['a 1\n', 'line 2: no # EOF at the end'],
    ['', 'line 1: no # EOF at the end'],
    ['a 1\n# EOF\nb 2', 'line 3: something after # EOF'],
    ['a 1\n\n# EOF', 'line 2: expected a name at column 1'],
    ['a  1\n# EOF', 'line 1: "" is no number'],
    ['# comment\n# EOF', 'line 1: a comment that is no TYPE, HELP, UNIT or EOF'],
    ['a{b="1",} 1\n# EOF', 'line 1: expected a name at column 9'],
    ['# TYPE a counter\na 1\n# EOF', 'line 2: a is no sample of a counter'],
    ['# TYPE a counter\na_total -1\n# EOF', 'line 2: a_total counts, and is -1'],
    ['# TYPE a counter\na_total NaN\n# EOF', 'line 2: a_total counts, and is NaN'],
    ['# TYPE a gauge\na 1 # {b="c"} 1\n# EOF', 'line 2: an exemplar of a, which may have none'],
    [
      `# TYPE a counter\na_total 1 # {b="${'x'.repeat(128)}"} 1\n# EOF`,
      'line 2: an exemplar with labels beyond 128 characters',
    ],
    ['# TYPE a counter\na_total 1 # {b="c"}\n# EOF', 'line 2: expected " " at column 20'],
    [
      '# TYPE a_seconds gauge\n# UNIT a_seconds bytes\n# EOF',
      'line 2: a_seconds does not end in its unit bytes',
    ],
    ['# TYPE a gauge\n# TYPE b gauge\na 1\n# EOF', 'line 3: the family a is interrupted by another'],
    ['a 1\n# HELP a late\n# EOF', 'line 2: HELP after the samples of a'],
    ['# TYPE a summary\na 1\n# EOF', 'line 2: a without its quantile'],
  ])('says where %j is wrong', (body, message) => {
    expect(failure(body, 'openmetrics')).toBe(message);
  });
});

describe('either format, whatever comes', () => {
  const formats = fc.constantFrom<Exposition>('text', 'openmetrics');
  const piece = fc.oneof(
    fc.constantFrom('{', '}', '"', '\\', '=', ',', ' ', '\t', '#', '# TYPE ', '# HELP ', '# UNIT ', '# EOF'),
    fc.constantFrom(
      '\n',
      'a',
      'a_total',
      'a_bucket',
      'le',
      'counter',
      'histogram',
      '1',
      'NaN',
      '+Inf',
      '-',
      'e5',
    ),
    fc.string({ maxLength: 5 }),
  );

  it('gives samples or says which line is wrong', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), formats, (pieces, format) => {
        const body = pieces.join('');
        try {
          for (const { labels } of parseExposition(body, format)) {
            const names = labels.map(([name]) => name);
            expect(names).toEqual([...new Set(names)].sort());
          }
        } catch (error) {
          expect(error).toBeInstanceOf(ExpositionError);
          expect((error as ExpositionError).line).toBeLessThanOrEqual(body.split('\n').length + 1);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads what was written, whatever the texts of labels and the numbers are', () => {
    const escape = (raw: string) =>
      raw.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
    const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,9}$/);
    const sample = fc.record({
      name: name.map((one) => `m_${one}`),
      labels: fc.dictionary(fc.oneof(name, fc.string({ minLength: 1, maxLength: 8 })), fc.string(), {
        maxKeys: 5,
      }),
      value: fc.double().map((value) => value + 0),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 20 }), (written) => {
        const body = written.map((one) => {
          const labels = Object.entries(one.labels).map(
            ([label, value]) => `"${escape(label)}"="${escape(value)}"`,
          );
          return `${one.name}{${labels.join(',')}} ${one.value}`;
        });
        const read = parseExposition(body.join('\n'), 'text');
        expect(read.map((one) => [one.name, Object.fromEntries(one.labels), one.value])).toEqual(
          written.map((one) => [one.name, { ...one.labels }, one.value]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each(['{', '"', '\\', '#', 'a{b="', '1', ' ', 'a{a="",', '# TYPE a ', '\\"', '_total', '=', 'a 1\n'])(
    'takes linear time over a long run of %j',
    (part) => {
      const time = (length: number) => {
        const body = part.repeat(Math.ceil(length / part.length));
        const runs = Array.from({ length: 5 }, () => {
          const from = performance.now();
          failure(body, 'text');
          failure(`a{b="${body}"} 1`, 'text');
          failure(body, 'openmetrics');
          return performance.now() - from;
        });
        return Math.min(...runs);
      };
      time(10_000);
      // Thirty times as long: quadratic would be a factor of 900. The bound is wide, since other tests run beside this one.
      expect(time(300_000)).toBeLessThan(500 * Math.max(time(10_000), 1));
    },
  );
});
