/** What a probe has to find out, and where it runs. */
export interface ProbeWish {
  /** Name of the test runner, such as `vitest`. */
  readonly toolchain: string;
  /** Path of a test file that shows the fault. */
  readonly testFile: string;
  readonly testText: string;
  readonly library: string;
  readonly signal: string;
}

/** Title of the test that a probe adds. */
export const PROBE_TITLE = 'vigilai probe sees the signal';
