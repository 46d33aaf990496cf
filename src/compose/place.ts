import type { Settings } from '../config/config.ts';
import type { Paths } from '../config/paths.ts';

/** A workspace with its settings: all that a composition needs to know. */
export interface Place {
  readonly paths: Paths;
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
}
