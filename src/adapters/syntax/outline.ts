import { type Language, Parser, type TreeCursor } from 'web-tree-sitter';
import type { Outline } from '../../ports/syntax.ts';
import type { Dialect, Role } from './dialect.ts';
import { OutlineReader } from './outline-reader.ts';

/** Makes outlines of files of one language. A syntax error loses what it covers, and no more. */
export interface Outliner {
  /** Null when the text cannot be parsed at all. */
  outline(text: string): Outline | null;
}

export function createOutliner(language: Language, dialect: Dialect): Outliner {
  const parser = new Parser();
  parser.setLanguage(language);
  const roles = rolesById(language, dialect);
  return {
    outline(text) {
      const tree = parser.parse(text);
      if (tree === null) return null;
      const cursor = tree.walk();
      try {
        const reader = new OutlineReader(text, dialect);
        walk(cursor, roles, reader);
        return reader.outline();
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
  };
}

/** Every node in the order of the source, without recursion: source may be nested as deep as it likes. */
function walk(cursor: TreeCursor, roles: readonly (Role | undefined)[], reader: OutlineReader): void {
  const open: (Role | undefined)[] = [];
  for (;;) {
    const role = roles[cursor.nodeTypeId];
    if (role !== undefined) reader.enter(role, cursor);
    open.push(role);
    if (cursor.gotoFirstChild()) continue;
    for (;;) {
      const left = open.pop();
      if (left !== undefined) reader.leave(left);
      if (cursor.gotoNextSibling()) break;
      if (!cursor.gotoParent()) return;
    }
  }
}

/** Comparing numbers is much faster than asking each node for the name of its type. */
function rolesById(language: Language, { roles }: Dialect): readonly (Role | undefined)[] {
  const byId: (Role | undefined)[] = [];
  for (let id = 0; id < language.nodeTypeCount; id += 1) {
    const name = language.nodeTypeForId(id);
    byId.push(name !== null && language.nodeTypeIsNamed(id) ? roles[name] : undefined);
  }
  return byId;
}
