/** Why the signal is emitted: a condition that held, or an error that is on its way out. */
export type Reason =
  | { readonly of: 'condition'; readonly text: string }
  | { readonly of: 'error'; readonly variable: string };

/** How a signal is written in one library of one language. */
export interface Emission {
  /** The library, such as `prom-client`; of the language itself, what is called, such as `console.error`. */
  readonly library: string;
  /** What is seen: a metric or the name of an event in the log. */
  readonly kind: 'metric' | 'log';
  /** Name of the metric or event. */
  readonly signal: string;
  /** Whole lines for the head of the file; what is there already is not put in again. */
  readonly imports: readonly string[];
  readonly declarations: readonly string[];
  /** One statement, without indentation. */
  statement(reason: Reason): string;
}

/** What an emitter has to go by. */
export interface Wanted {
  /** Words in lower case with underscores: `total_type_error`. */
  readonly slug: string;
  /** For people: `TypeError in total`. */
  readonly help: string;
  /** Text of the file, that what it has at hand is used. */
  readonly text: string;
  /** Names of the libraries that the project declares. */
  readonly declared: ReadonlySet<string>;
}

export function metricName(slug: string): string {
  return `vigilai_${slug}_total`;
}

export function eventName(slug: string): string {
  return `vigilai_${slug}`;
}

/** As it can stand in a quoted text of any language: nothing in it ends or changes the quotation. */
export function quotable(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/["'`\\#{}$%]/g, '')
    .trim()
    .slice(0, 80);
}

export function camel(slug: string): string {
  return slug.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
