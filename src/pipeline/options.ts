import type { Sensitivity } from '../domain/detection.ts';
import type { ReaderOptions } from './formats/reader.ts';
import type { Keep } from './keeper.ts';

export interface PipelineOptions extends ReaderOptions {
  /** Name of the source; one pipeline per source. */
  readonly source: string;
  readonly sensitivity: Sensitivity;
  readonly bucketSeconds: number;
  /** An episode ends after so long without an event, or after twenty usual gaps if that is longer. */
  readonly quietMinutes: number;
  /** Log fields that split a numeric series, the first that a record carries. */
  readonly dimensions: readonly string[];
  readonly keep: Keep;
}

/** The defaults of the configuration, for pipelines that have none. */
export const USUAL: Omit<PipelineOptions, 'source'> = {
  sensitivity: 'normal',
  bucketSeconds: 10,
  quietMinutes: 15,
  dimensions: ['operation', 'route', 'path', 'endpoint'],
  timezone: null,
  patterns: [],
  keep: 'nothing',
};
