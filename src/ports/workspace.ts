import type { ChangedFile } from '../domain/fix.ts';
import type { EditableFiles } from './files.ts';

/** One changed path with its content on both sides. */
export interface FileChange extends ChangedFile {
  /** Null when created, or not text. */
  readonly before: string | null;
  /** Null when deleted, or not text. */
  readonly after: string | null;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly binary: boolean;
  /** A symbolic link, or a change of mode other than a plain file's. */
  readonly special: boolean;
}

/** Which state the working tree is put into for the proof. */
export type Tree =
  | { readonly tree: 'base' }
  | { readonly tree: 'fix' }
  /** Base, but these paths as in the fix. */
  | { readonly tree: 'base_with'; readonly paths: readonly string[] }
  /** The fix, but these files with other texts: a mutant, or the fault put back beneath kept instrumentation. */
  | { readonly tree: 'fix_with'; readonly texts: Readonly<Record<string, string>> };

/** One isolated clone. Its refs, config and hooks are its own; it has no remote. */
export interface Workspace {
  readonly path: string;
  readonly baseCommit: string;
  /** The tree as it stands. */
  readonly files: EditableFiles;
  /** Freezes what the agent left in the tree, whatever it did to refs or config, and lists it against the base. */
  seal(): Promise<readonly FileChange[]>;
  /** The sealed change as a unified diff. */
  patch(): Promise<string>;
  /** Puts the tree into a state: tracked files exactly, untracked ones removed except ignored (dependencies). */
  checkout(tree: Tree): Promise<void>;
  /** One commit of the sealed change on the base, fetched into the user's repository as `branch`. Answers its sha. */
  publish(branch: string, message: string): Promise<string>;
  dispose(): Promise<void>;
}

export interface Workspaces {
  /** Clones the base commit. Leftovers of runs that were killed are removed first. */
  open(baseCommit: string, slug: string): Promise<Workspace>;
}

/** A change that exists as commits: a branch, or the head of a pull request. */
export interface Proposal {
  /** As it was found, such as `vigilai/x`, `origin/vigilai/x` or `pull request #12`. */
  readonly name: string;
  /** Where it leaves the branch that it is proposed for. */
  readonly baseCommit: string;
  readonly commit: string;
  /** Messages of its commits, newest first. */
  readonly messages: string;
  readonly changes: readonly FileChange[];
  /** Its own workspace, in which the change is sealed. */
  readonly workspace: Pick<Workspace, 'path' | 'checkout' | 'dispose'>;
}

export interface Proposals {
  /**
   * Finds a branch (local or of a remote), a commit, or a pull request by number (fetched from the remote) and opens a
   * workspace with it. The user's repository gets no new ref.
   * @throws VigilError `unknown_id`, `no_repository`, `tool_missing`.
   */
  open(name: string): Promise<Proposal>;
}

/** Keeps what a fix leaves behind (patch, transcript, report) in the state folder, 0600. */
export interface Artefacts {
  /** Answers the folder's path relative to the state folder. */
  keep(fixId: string, name: string, text: string): Promise<string>;
}
