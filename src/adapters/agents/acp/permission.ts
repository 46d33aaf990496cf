import { isAbsolute, relative, resolve, sep } from 'node:path';

/** What an agent asks leave for, as far as the answer depends on it. */
export interface PermissionQuestion {
  /** ACP tool kind; null where the agent gives none. */
  readonly kind: string | null;
  readonly paths: readonly string[];
  readonly options: readonly { readonly optionId: string; readonly kind: string }[];
}

export type PermissionAnswer =
  | { readonly outcome: 'selected'; readonly optionId: string }
  | { readonly outcome: 'cancelled' };

/** What leave depends on. */
export interface Leave {
  readonly workspace: string;
  /** Why a path, relative to the workspace, may not be changed; null when it may. */
  readonly refuses: (path: string) => string | null;
}

/** Kinds of tools that change files: without a path nobody knows what they would change. */
const CHANGES_FILES: readonly string[] = ['edit', 'delete', 'move'];
/** Kinds that change no file by the path they name; what a command does, the sandbox bounds. */
const LOOKS_ONLY: readonly string[] = ['read', 'search', 'fetch', 'think', 'execute'];

/**
 * Leave is given by path: every path inside the workspace and outside any `.git`, and, unless it is only looked at, not
 * protected. The option is chosen by its kind, because ids differ from agent to agent; where the wanted kind is not
 * offered the question is cancelled.
 */
export function answerPermission(question: PermissionQuestion, leave: Leave): PermissionAnswer {
  const wanted = mayGoOn(question, leave) ? ['allow_once'] : ['reject_once', 'reject_always'];
  for (const kind of wanted) {
    const option = question.options.find((offered) => offered.kind === kind);
    if (option !== undefined) return { outcome: 'selected', optionId: option.optionId };
  }
  return { outcome: 'cancelled' };
}

function mayGoOn({ kind, paths }: PermissionQuestion, { workspace, refuses }: Leave): boolean {
  if (paths.length === 0) return kind === null || !CHANGES_FILES.includes(kind);
  const looksOnly = kind !== null && LOOKS_ONLY.includes(kind);
  return paths.every((path) => {
    const way = relative(workspace, resolve(workspace, path)).split(sep).join('/');
    return insideWorkspace(workspace, path) && (looksOnly || way === '' || refuses(way) === null);
  });
}

/** The path, relative ones seen from the workspace, lies in the workspace and in no `.git`. Links are not followed here. */
export function insideWorkspace(workspace: string, path: string): boolean {
  const way = relative(workspace, resolve(workspace, path));
  const segments = way.split(/[\\/]/);
  if (isAbsolute(way) || segments[0] === '..') return false;
  return !segments.some((segment) => segment.toLowerCase() === '.git');
}
