import type { Redacted } from '../domain/redact.ts';
import type { Files } from './files.ts';

export interface Commit {
  readonly sha: string;
  readonly author: string;
  /** Epoch ms. */
  readonly date: number;
  readonly subject: string;
  readonly files: readonly string[];
}

/** Lines that a commit changed: `before` lines of the old file became `lines` of the new one, which begin at `from`. */
export interface Hunk {
  readonly file: string;
  /** 1-based line in the commit's own version; where nothing is left, the line before it. */
  readonly from: number;
  readonly lines: number;
  readonly before: number;
}

/** A commit and what it did to lines. */
export interface Change {
  readonly commit: Commit;
  readonly hunks: readonly Hunk[];
}

/** What a tag of the repository names. */
export interface Tag {
  readonly name: string;
  readonly commit: string;
  /** When it was made, or its commit where it is a name alone; epoch ms. */
  readonly date: number;
  /** Of its own message, or of its commit. */
  readonly subject: string;
}

export interface Match {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

export interface TrackedFile {
  /** Relative to the root. */
  readonly file: string;
  /** Names what is in the file now, uncommitted changes included: the same text has the same name. */
  readonly content: string;
}

/** The user's repository, read only: nothing here changes a ref, the index, the config or the tree. */
export interface Repository extends Files {
  readonly root: string;
  /** Commit of HEAD; null in a repository without commits. */
  head(): Promise<string | null>;
  /** Name of the checked-out branch; null when HEAD is detached. */
  branch(): Promise<string | null>;
  /** Tracked files have uncommitted changes. */
  dirty(): Promise<boolean>;
  /** Tracked files that are in the checkout, without links and submodules. */
  tracked(): Promise<readonly TrackedFile[]>;
  /** Commit that last changed a line; null for an untracked file or an uncommitted line. */
  blame(file: string, line: number): Promise<Commit | null>;
  /** Newest commits that touched these lines (`git log -L`). */
  lineLog(
    file: string,
    range: readonly [from: number, to: number],
    limit: number,
  ): Promise<readonly Commit[]>;
  /** Newest commits that touched the files, or any when empty. */
  log(files: readonly string[], limit: number): Promise<readonly Commit[]>;
  /** What the newest `limit` commits changed, newest first; neither merges nor the first commit, which brought all. */
  changes(limit: number): Promise<readonly Change[]>;
  /** The newest tags, newest first. */
  tags(limit: number): Promise<readonly Tag[]>;
  /** Lines of tracked files that contain a literal text. */
  grep(literal: string, limit: number): Promise<readonly Match[]>;
  /** `origin` or the only remote, as URL without credentials; null when there is none. */
  remote(): Promise<string | null>;
  /** Branch that pull requests go to: the remote's HEAD, else `main`, `master`, else the checked-out one. */
  defaultBranch(): Promise<string | null>;
}

export interface ProposedPull {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: Redacted;
  readonly reviewers: readonly string[];
}

export interface PullHandle {
  readonly number: number;
  readonly url: string;
  readonly change: 'created' | 'updated' | 'unchanged';
}

/** Where pull requests live. */
export interface Forge {
  /** `owner/name`. */
  readonly repository: string;
  /** Pushes the local branch; a fast-forward or our own earlier branch, never anything else. */
  push(branch: string, commit: string): Promise<void>;
  /** Opens a draft pull request for the branch, or updates the one that is open. Doing it twice changes nothing. */
  ensurePull(proposal: ProposedPull): Promise<PullHandle>;
}
