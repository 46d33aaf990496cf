/** A node of a concrete syntax tree, with tree-sitter's node types of the language's grammar. */
export interface SyntaxNode {
  readonly type: string;
  /** False for punctuation and keywords. */
  readonly isNamed: boolean;
  /** Syntax that could not be read, here or below. */
  readonly hasError: boolean;
  readonly text: string;
  /** UTF-16 offsets into the source, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** 1-based. */
  readonly line: number;
  readonly lastLine: number;
  readonly parent: SyntaxNode | null;
  /** All of them; filter by `isNamed`. */
  readonly children: readonly SyntaxNode[];
  /** The child that stands in a field of the grammar, such as `name`, `body`, `left`. */
  field(name: string): SyntaxNode | null;
}

/** Reads one source text. Trees are plain memory: nothing has to be freed. */
export interface Parser {
  /** The root; null for a language without a grammar (told by the file's ending), or a text of more than a megabyte. */
  parse(file: string, text: string): Promise<SyntaxNode | null>;
}
