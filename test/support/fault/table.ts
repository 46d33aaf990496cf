/** What one fault did to what was sent: a line of the fault table. */
export interface FaultRow {
  readonly what: string;
  /** What went wrong, and how often: `8 kills`. */
  readonly how: string;
  readonly lost: number;
  readonly repeated: number;
  /** How many events arrived. */
  readonly events: number;
}

/** Prints it past the test runner, which would put a heading before each line. */
export function report({ what, how, lost, repeated, events }: FaultRow): void {
  process.stdout.write(`| ${what} | ${how} | ${lost} lost | ${repeated} repeated | ${events} events |\n`);
}
