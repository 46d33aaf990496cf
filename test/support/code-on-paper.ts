import type { Change, Commit, Repository, Tag } from '../../src/ports/repository.ts';

/** A repository that exists only as a table of files; its history is one list of commits, and of changes, newest first. */
export function codeOnPaper(
  files: Readonly<Record<string, string>>,
  commits: readonly Commit[] = [],
  changes: readonly Change[] = [],
  tags: readonly Tag[] = [],
): Repository {
  const touching = (file: string) => commits.filter((commit) => commit.files.includes(file));
  return {
    root: '/paper',
    head: async () => commits[0]?.sha ?? null,
    branch: async () => 'main',
    dirty: async () => false,
    files: async () => Object.keys(files),
    tracked: async () => Object.entries(files).map(([file, content]) => ({ file, content })),
    read: async (file) => files[file] ?? null,
    blame: async (file) => touching(file)[0] ?? null,
    lineLog: async (file, _, limit) => touching(file).slice(0, limit),
    log: async (wanted, limit) =>
      commits
        .filter((commit) => wanted.length === 0 || wanted.some((file) => commit.files.includes(file)))
        .slice(0, limit),
    tags: async (limit) => tags.slice(0, limit),
    changes: async (limit) => changes.slice(0, limit),
    grep: async (literal, limit) =>
      Object.entries(files)
        .flatMap(([file, text]) => text.split('\n').map((row, at) => ({ file, line: at + 1, text: row })))
        .filter(({ text }) => text.includes(literal))
        .slice(0, limit),
    remote: async () => null,
    defaultBranch: async () => 'main',
  };
}
