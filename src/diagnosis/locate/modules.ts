import type { CodeIndex } from '../../ports/syntax.ts';

/** What a source file is imported as, and what it imports. */
export interface Module {
  /** Its name without folder and ending; lower case. */
  readonly stem: string;
  /** The names that import it: its own, and in Go that of its folder. */
  readonly names: readonly string[];
  /** Last parts of what it imports: `db` of `./db.js`, `shop.db` and `lib/db`. */
  readonly imports: ReadonlySet<string>;
}

export function modulesOf({ outlines }: CodeIndex): ReadonlyMap<string, Module> {
  return new Map(
    [...outlines].map(([file, { imports }]) => {
      const [name = '', folder = ''] = file.split('/').toReversed();
      const own = name.replace(/\.[^.]+$/, '');
      const names = file.endsWith('.go') ? [own, folder] : [own];
      return [file, { stem: own.toLowerCase(), names, imports: new Set(imports.map(lastPart)) }] as const;
    }),
  );
}

function lastPart(imported: string): string {
  const path = imported.replace(/\.(?:[cm]?[jt]sx?|rb)$/, '');
  return path.split(/[/.:\\]/).at(-1) ?? '';
}
