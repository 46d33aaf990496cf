import { describe, expect, it } from 'vitest';
import { parseExposition } from '../../../../../src/adapters/sources/prometheus/exposition.ts';
import { pointsOf } from '../../../../../src/adapters/sources/prometheus/points.ts';
import { type Selection, selectionOf } from '../../../../../src/adapters/sources/prometheus/select.ts';

const T0 = Date.UTC(2026, 0, 5, 12);

/** Scrapes of one target, 10 s apart: `metric{labels} value` of each point. */
function scrapes(
  bodies: readonly string[],
  selection: Partial<Selection> = {},
): readonly (readonly string[])[] {
  const points = pointsOf(
    'shop:80',
    selectionOf({ include: ['*'], exclude: [], labels: ['*'], ...selection }),
  );
  return bodies.map((body, i) =>
    points.of(parseExposition(body, 'text'), T0 + i * 10_000).map(({ data, metadata }) => {
      const labels = Object.entries(metadata).map(([name, value]) => `${name}=${value}`);
      return `${data.metricName}{${labels.join(',')}} ${Number(data.value.toPrecision(6))}`;
    }),
  );
}

describe('points of a page', () => {
  it('are levels as they are, of untyped numbers too, unless they are no numbers', () => {
    const body = '# TYPE temp gauge\ntemp{room="a"} 21.5\ntemp{room="b"} NaN\nother -3\n';
    expect(scrapes([body])).toEqual([['temp{room=a,instance=shop:80} 21.5', 'other{instance=shop:80} -3']]);
  });

  it('are rates of what counts, from the second scrape on, and survive a restart of the target', () => {
    const page = (count: number) => `# TYPE hits_total counter\nhits_total ${count}\n`;
    expect(scrapes([page(1000), page(1050), page(1050), page(20), page(30)])).toEqual([
      [],
      ['hits_total:rate{instance=shop:80} 5'],
      ['hits_total:rate{instance=shop:80} 0'],
      ['hits_total:rate{instance=shop:80} 2'],
      ['hits_total:rate{instance=shop:80} 1'],
    ]);
  });

  it('are rate, mean and quantiles of what a histogram took in between', () => {
    const page = (counts: readonly number[], sum: number) =>
      ['# TYPE lat histogram']
        .concat(counts.map((count, i) => `lat_bucket{le="${['0.1', '1', '+Inf'][i]}"} ${count}`))
        .concat([`lat_sum ${sum}`, `lat_count ${counts.at(-1)}`])
        .join('\n');
    const [first, second, third] = scrapes([
      page([100, 100, 100], 3),
      page([110, 130, 130], 15),
      page([110, 130, 130], 15),
    ]);
    expect(first).toEqual([]);
    expect(second).toEqual([
      'lat:rate{instance=shop:80} 3',
      'lat:mean{instance=shop:80} 0.4',
      'lat:p50{instance=shop:80} 0.325',
      'lat:p95{instance=shop:80} 0.9325',
      'lat:p99{instance=shop:80} 0.9865',
    ]);
    expect(third).toEqual(['lat:rate{instance=shop:80} 0']);
  });

  it('are the quantiles of a summary and how often it observes', () => {
    const page = (count: number) =>
      `# TYPE s summary\ns{quantile="0.5"} 3\ns{quantile="0.9"} NaN\ns_sum 9\ns_count ${count}\n`;
    expect(scrapes([page(10), page(40)])).toEqual([
      ['s{quantile=0.5,instance=shop:80} 3'],
      ['s{quantile=0.5,instance=shop:80} 3', 's:rate{instance=shop:80} 3'],
    ]);
  });

  it('come at the times that the target gives, and each of them once', () => {
    const points = pointsOf('shop', selectionOf({ include: ['*'], exclude: [], labels: ['*'] }));
    const at = (time: number) => points.of(parseExposition(`a 1 ${time}\n`, 'text'), T0);
    expect(at(T0 - 500).map(({ timestamp }) => timestamp)).toEqual([T0 - 500]);
    expect(at(T0 - 500)).toEqual([]);
    expect(at(T0 - 400)).toHaveLength(1);
  });

  it('begin anew for a series that was gone', () => {
    const page = (count: number) => `# TYPE c counter\nc ${count}\n`;
    expect(scrapes([page(10), page(20), '', page(90), page(100)]).map(({ length }) => length)).toEqual([
      0, 1, 0, 0, 1,
    ]);
  });

  it('are of chosen metrics only', () => {
    const body = 'go_threads 1\nhttp_in_flight 2\nhttp_debug_x 3\n';
    expect(scrapes([body], { include: ['http_*', '*threads'], exclude: ['*_debug_*'] })).toEqual([
      ['go_threads{instance=shop:80} 1', 'http_in_flight{instance=shop:80} 2'],
    ]);
  });

  it('are added up over labels that are left out: counts summed, levels averaged', () => {
    const page = (n: number) =>
      [
        '# TYPE c counter',
        ...['a', 'b'].map((pod, i) => `c{pod="${pod}",code="200"} ${n * (i + 1)}`),
        '# TYPE g gauge',
        'g{pod="a"} 10\ng{pod="b"} 20',
        '# TYPE h histogram',
        ...['a', 'b'].map(
          (pod) => `h_bucket{pod="${pod}",le="1"} ${n}\nh_bucket{pod="${pod}",le="+Inf"} ${n}`,
        ),
        '# TYPE s summary',
        's{pod="a",quantile="0.5"} 1\ns{pod="a",quantile="0.9"} 2',
      ].join('\n');
    expect(scrapes([page(10), page(20)], { labels: ['code'] })[1]).toEqual([
      'c:rate{code=200,instance=shop:80} 3',
      'g{instance=shop:80} 15',
      'h:rate{instance=shop:80} 2',
      'h:p50{instance=shop:80} 0.5',
      'h:p95{instance=shop:80} 0.95',
      'h:p99{instance=shop:80} 0.99',
      's{quantile=0.5,instance=shop:80} 1',
      's{quantile=0.9,instance=shop:80} 2',
    ]);
  });

  it('keep a label `instance` of their own under another name', () => {
    expect(scrapes(['a{instance="x"} 1\n'])).toEqual([['a{exported_instance=x,instance=shop:80} 1']]);
  });
});
