import type { Told } from '../../../domain/project.ts';

/** `group:artifact`, with the version where it is written down and plain. */
export interface Artifact {
  readonly id: string;
  readonly version: string | null;
}

/** What a build of the JVM declares, whichever tool it is written for. */
export interface Build {
  readonly tool: 'maven' | 'gradle';
  readonly file: string;
  readonly dependencies: readonly Artifact[];
  /** Plugins and parents: they set up, and prove no use. */
  readonly applied: readonly string[];
  readonly javaVersion: Told<string> | null;
  /** The build says itself which engine runs the tests. */
  readonly engine: 'junit4' | 'junit5' | null;
  readonly bootVersion: string | null;
}
