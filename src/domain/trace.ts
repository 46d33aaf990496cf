/** Languages whose stack traces and toolchains VigilAI knows. */
export type Language = 'javascript' | 'typescript' | 'python' | 'go' | 'java' | 'ruby';

/** One frame as printed by the runtime; `file` is the runtime's path, not yet mapped to a repository. */
export interface Frame {
  readonly file: string;
  /** 1-based; null where the runtime prints none. */
  readonly line: number | null;
  readonly column: number | null;
  readonly symbol: string | null;
  /** Application code, as far as the path tells: not the runtime, not an installed library. */
  readonly inApp: boolean;
}

/** A parsed stack trace, innermost frame first whatever order the runtime prints. */
export interface StackTrace {
  readonly language: Language;
  /** The error's class, such as `TypeError`. */
  readonly errorType: string;
  readonly message: string;
  readonly frames: readonly Frame[];
  /** What caused it (`cause`, `Caused by`, `The above exception was the direct cause`). */
  readonly cause: StackTrace | null;
}
