import { lastName } from '../callee.ts';
import { HOLE, type Literal } from '../literals.ts';

/** prom-client, prometheus_client: the constructor is the registration. */
const CONSTRUCTOR = /^(?:Counter|Gauge|Histogram|Summary|Enum|UpDownCounter)$/;
/** client_golang: `promauto.NewCounterVec(prometheus.CounterOpts{Name: ...})`, `NewDesc`. */
const GO_CONSTRUCTOR = /^New(?:Counter|Gauge|Histogram|Summary|Untyped|Desc)(?:Vec|Func)?$/;
/** OpenTelemetry in its languages: `createCounter`, `create_up_down_counter`, `Int64Counter`, `counterBuilder`. */
const INSTRUMENT =
  /^(?:create_?(?:observable_?)?(?:up_?down_?)?(?:counter|gauge|histogram)|(?:Int64|Float64)(?:Observable)?(?:UpDown)?(?:Counter|Gauge|Histogram)|(?:counter|upDownCounter|gauge|histogram)Builder)$/i;
/** Micrometer: `Counter.builder("x")`, `registry.timer("x")`, `@Timed("x")`. */
const MICROMETER_BUILDER =
  /(?:^|\.)(?:Counter|Timer|Gauge|DistributionSummary|LongTaskTimer|FunctionCounter)\.builder$/;
const MICROMETER_REGISTRY =
  /(?:registry|metrics|meters?)(?:\.\w+)?\.(?:counter|timer|gauge|summary|histogram|meter)$/i;
const MICROMETER_ANNOTATION = /^@(?:Timed|Counted)$/;
/** StatsD and its kin. */
const STATSD =
  /(?:statsd|metrics?|stats)\w*\.(?:incr(?:ement)?|decr(?:ement)?|count|gauge|timing|timer|time|histogram|distribution|measure)$/i;

const METRIC_NAME = /^[\p{L}_:][\w:./-]*$/u;

/** The metric that a call registers; null for any other call. */
export function metricOf(callee: string, literals: readonly Literal[]): string | null {
  if (!registers(callee)) return null;
  const keyed = (key: string) => literals.find((one) => one.key?.toLowerCase() === key)?.text;
  const first = literals[0]?.key === null ? literals[0].text : undefined;
  const name = keyed('name') ?? first;
  if (name === undefined) return null;
  const full = [keyed('namespace'), keyed('subsystem'), name].filter((part) => part !== undefined).join('_');
  const constant = full.split(HOLE)[0] ?? '';
  return METRIC_NAME.test(constant) ? constant : null;
}

function registers(callee: string): boolean {
  const name = lastName(callee);
  return (
    CONSTRUCTOR.test(name) ||
    GO_CONSTRUCTOR.test(name) ||
    INSTRUMENT.test(name) ||
    MICROMETER_BUILDER.test(callee) ||
    MICROMETER_REGISTRY.test(callee) ||
    MICROMETER_ANNOTATION.test(callee) ||
    STATSD.test(callee)
  );
}
