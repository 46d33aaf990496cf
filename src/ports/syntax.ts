import type { Repository } from './repository.ts';

/** A call as written: `Cart.total`, `logger.error`, `new HttpError`. */
export interface Call {
  readonly name: string;
  /** 1-based, where its arguments begin. */
  readonly line: number;
}

/** Something that holds code of its own: the file itself, a class, a function, a method. */
export interface Scope {
  readonly kind: 'file' | 'class' | 'function' | 'method';
  /** Qualified by the classes and modules around it, with dots: `Cart.total`, `Shop.Cart.total`; empty for the file. */
  readonly name: string;
  /** 1-based, inclusive. */
  readonly from: number;
  readonly to: number;
  /** Calls made in it, but not in scopes inside of it. */
  readonly calls: readonly Call[];
  /** Words of its identifiers, comments and texts, lower case, separated by spaces, as often as they occur. */
  readonly words: string;
}

/** A function without a name, or a block that is handed to a call: its code belongs to the scope around it. */
export interface Block {
  /** 1-based, inclusive; from the line of the call that it is handed to. */
  readonly from: number;
  readonly to: number;
}

/** Text that the program may show: its constant parts in order, without placeholders and embedded expressions. */
export interface Printed {
  /** A logging call, an error that is made or thrown, or any other text of several words. */
  readonly by: 'log' | 'throw' | 'text';
  readonly line: number;
  readonly parts: readonly string[];
}

/** Where a metric is registered, by the name as exported, as far as it is constant. */
export interface MetricSite {
  readonly name: string;
  readonly line: number;
}

/** Where a route stands: `/orders/:id`, `/orders/{id}`, `orders/<int:id>/`, with the prefix of its class. */
export interface RouteSite {
  /** Upper case; null for any, or where it is not said. */
  readonly method: string | null;
  readonly path: string;
  readonly line: number;
  /** Name of the scope that a decorator or annotation stands on; null where the code around the line says it. */
  readonly handler: string | null;
}

/** What a source file holds, without its code. All lists are in the order of the source. */
export interface Outline {
  /** The file itself first, outer scopes before the inner ones. */
  readonly scopes: readonly Scope[];
  /** Of several lines. */
  readonly blocks: readonly Block[];
  readonly printed: readonly Printed[];
  readonly metrics: readonly MetricSite[];
  readonly routes: readonly RouteSite[];
  /** Modules, packages or files that it imports, as written. */
  readonly imports: readonly string[];
}

export interface SkippedFile {
  readonly file: string;
  readonly why: 'generated' | 'minified' | 'vendored' | 'too large' | 'unreadable';
}

/** All of a repository's source files. */
export interface CodeIndex {
  /** By path. */
  readonly outlines: ReadonlyMap<string, Outline>;
  readonly skipped: readonly SkippedFile[];
}

/** Reads source code. Languages that it has no grammar for are read by their looks. */
export interface Syntax {
  /** The tracked source files as they are in the checkout. A file that cannot be read is skipped, never an error. */
  index(repository: Repository): Promise<CodeIndex>;
}
