import type { FixLimits } from '../../domain/fix.ts';
import type { FileChange } from '../../ports/workspace.ts';
import { addedLines } from './added-lines.ts';
import { hasSecret } from './added-secrets.ts';
import { rewriteReason } from './kept-text.ts';
import { isManifest, onlyDependencies } from './manifest.ts';
import { globMatches, isDependencyList, isSafePath, protectedBy } from './protected-paths.ts';
import { reachReason } from './reach.ts';

export type GuardVerdict =
  | { readonly verdict: 'ok' }
  | { readonly verdict: 'refused'; readonly reason: string };

/**
 * May this change be proven at all? Pure. It looks at where and what was written, not whether it is right: a path
 * outside or protected, a special file, a binary, a secret, a rewritten or generated file, a new way out to the network
 * or to other programs, or too much refuses the whole change.
 */
export function guard(changes: readonly FileChange[], limits: FixLimits): GuardVerdict {
  for (const change of changes) {
    const reason = refusalOf(change.path, limits) ?? contentReason(change);
    if (reason !== null) return { verdict: 'refused', reason: `${printable(change.path)}: ${reason}` };
  }
  const reason = sizeReason(changes, limits);
  return reason === null ? { verdict: 'ok' } : { verdict: 'refused', reason };
}

/** Why this path, relative to the workspace, may not be changed; null when it may. */
export function refusalOf(path: string, limits: FixLimits): string | null {
  if (!isSafePath(path)) return 'the path leads outside the workspace or is not portable';
  const kind = protectedBy(path);
  const isAllowed = limits.allowDependencies === true && (isDependencyList(path) || isManifest(path));
  if (kind !== null && !isAllowed) return `${kind} must not change`;
  const glob = limits.protectedPaths.find((pattern) => globMatches(pattern, path));
  return glob === undefined ? null : `protected by fix.protectedPaths (${glob})`;
}

function contentReason(change: FileChange): string | null {
  if (change.special) return 'a symbolic link, a submodule or a change of mode is not allowed';
  if (change.binary) return 'a binary file is not allowed';
  if (isManifest(change.path) && !onlyDependencies(change)) return 'more than its dependencies was changed';
  if (addedLines(change).some(hasSecret)) {
    return 'an added line looks like it carries a secret or personal data';
  }
  return rewriteReason(change) ?? reachReason(change);
}

function sizeReason(changes: readonly FileChange[], limits: FixLimits): string | null {
  if (changes.length > limits.maxFiles) {
    return `${changes.length} files changed, at most ${limits.maxFiles} are allowed (fix.maxFiles)`;
  }
  const lines = changes.reduce((sum, change) => sum + change.linesAdded + change.linesRemoved, 0);
  return lines > limits.maxLines
    ? `${lines} lines changed, at most ${limits.maxLines} are allowed (fix.maxLines)`
    : null;
}

function printable(path: string): string {
  return JSON.stringify(path).slice(1, -1);
}
