/** Languages whose toolchains VigilAI knows. */
export type Language = 'javascript' | 'typescript' | 'python' | 'go' | 'java' | 'ruby';

/** Languages whose stack traces it reads; `java` is every language of the JVM. */
export type TraceLanguage = Language | 'dotnet' | 'php' | 'rust';

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
  readonly language: TraceLanguage;
  /** The error's class, such as `TypeError`. */
  readonly errorType: string;
  readonly message: string;
  readonly frames: readonly Frame[];
  /** What caused it (`cause`, `Caused by`, `The above exception was the direct cause`). */
  readonly cause: StackTrace | null;
  /** What else went wrong with it, at most 16: the errors of an aggregate or group, suppressed ones. Absent: nothing. */
  readonly related?: readonly StackTrace[];
}

/**
 * A trace and those that belong to it, nearest to the fault first: its cause, the errors that it gathers, itself, and
 * last what was suppressed on the way (only the JVM prints that). At most ten causes deep.
 */
export function causesFirst(trace: StackTrace, depth = 10): readonly StackTrace[] {
  if (depth === 0) return [];
  const behind = (one: StackTrace) => causesFirst(one, depth - 1);
  const causes = trace.cause === null ? [] : behind(trace.cause);
  const related = (trace.related ?? []).flatMap(behind);
  return trace.language === 'java' ? [...causes, trace, ...related] : [...causes, ...related, trace];
}

/** The error nearest to the fault. */
export function innermost(trace: StackTrace): StackTrace {
  return causesFirst(trace)[0] ?? trace;
}
