import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import type { Dialect, Routine } from './dialect.ts';
import { isIn, nodesIn } from './tree.ts';

/** One source file, read. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly root: SyntaxNode;
  readonly dialect: Dialect;
}

/** The suspect's file and those that it leans on. */
export interface Program {
  readonly suspect: Source;
  readonly around: readonly Source[];
  readonly routines: readonly Routine[];
  /** Routines of the files around it, by name; the suspect's own win. */
  readonly known: ReadonlyMap<string, Routine>;
}

export function programOf(suspect: Source, around: readonly Source[]): Program {
  const routines = routinesIn(suspect);
  const all = [...around.flatMap(routinesIn), ...routines];
  return { suspect, around, routines, known: new Map(all.map((routine) => [routine.name, routine])) };
}

function routinesIn({ root, dialect }: Source): readonly Routine[] {
  return [...nodesIn(root)].flatMap((node) => dialect.reading.routine(node) ?? []);
}

/** The innermost named routine around a line. */
export function routineAt(routines: readonly Routine[], line: number): Routine | null {
  const around = routines.filter(({ node }) => node.line <= line && line <= node.lastLine);
  return around.findLast((one) => around.every((other) => isIn(one.node, other.node))) ?? null;
}
