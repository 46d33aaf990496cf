/** A recognisable failure in the field's own words. */
export interface Pattern {
  readonly id: string;
  readonly title: string;
  /** Regular expressions with bounded repetition; all of `match` must be found in one statement, none of `unless`. */
  readonly match: readonly string[];
  readonly unless: readonly string[];
  /**
   * What the code where it was thrown must contain too: with it an error of code tells of the outside. `$1` is what the first
   * group of `match` found. Absent: the statement alone is looked at.
   */
  readonly code?: string;
  readonly verdict: 'cause' | 'no_code_cause';
  readonly cause: string;
  readonly next: string;
}

/** Texts that people may want to change, shipped with the package. */
export interface Templates {
  /** Text of a template, such as `pull-request.md` or `brief.md`. */
  text(name: string): Promise<string>;
  patterns(): Promise<readonly Pattern[]>;
}
