import type { EditableFiles } from '../../src/ports/files.ts';

/** Files that exist only as a table: path -> text. What is written is put there. */
export function filesOnPaper(table: Record<string, string>): EditableFiles {
  return {
    files: async () => Object.keys(table),
    read: async (file) => table[file] ?? null,
    write: async (file, text) => {
      table[file] = text;
    },
  };
}
