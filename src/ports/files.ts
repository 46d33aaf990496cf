/** Text files of a repository or workspace, by paths relative to its root with forward slashes. */
export interface Files {
  /** Tracked files. */
  files(): Promise<readonly string[]>;
  /** Text of a file, tracked or not; null when missing, binary, larger than `mostBytes` (1 MiB), or outside the root. */
  read(file: string, mostBytes?: number): Promise<string | null>;
}

export interface EditableFiles extends Files {
  /** Creates or replaces a file, with the folders on its way. @throws VigilError `refused` outside the root or through a link. */
  write(file: string, text: string): Promise<void>;
}
