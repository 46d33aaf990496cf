import type { TreeCursor } from 'web-tree-sitter';
import type { Block, MetricSite, Outline, Printed } from '../../ports/syntax.ts';
import { calleeOf } from './callee.ts';
import type { Dialect, Role } from './dialect.ts';
import { HOLE, type Literal, partsOf, unescaped } from './literals.ts';
import { RouteSites } from './route-sites.ts';
import { openScopes } from './scopes.ts';
import { metricOf } from './vocabulary/metrics.ts';
import { printsAs } from './vocabulary/printing.ts';
import { writtenRoute } from './vocabulary/routes.ts';

/** A node that was entered and not yet left. */
interface Frame {
  readonly role: Exclude<Role, 'text' | 'hole'>;
  /** 1-based. */
  readonly line: number;
  /** Where it begins in the text, and ends. */
  readonly start: number;
  readonly end: number;
  /** A callee's name, a pair's key, a string's text so far. */
  text: string;
  /** Strings in it, handed up to the frame around it unless something here knows what they are. */
  readonly literals: Literal[];
  /** A call whose name is noted; a scope that is open. */
  noted: boolean;
}

const SEVERAL_WORDS = /\p{L}{2}.*\s.*\p{L}{2}/su;
const isByLine = (a: { readonly line: number }, b: { readonly line: number }): number => a.line - b.line;

/**
 * Reads one file's nodes, in the order of a walk, into its outline. What a string is for is known when the call, throw or
 * function around it is left: so strings rise through the frames until one of them knows.
 */
export class OutlineReader {
  readonly #text: string;
  readonly #dialect: Dialect;
  readonly #scopes;
  readonly #frames: Frame[] = [];
  readonly #blocks: Block[] = [];
  readonly #printed: Printed[] = [];
  readonly #metrics: MetricSite[] = [];
  readonly #routes = new RouteSites();
  readonly #imports: string[] = [];

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#dialect = dialect;
    this.#scopes = openScopes(text);
  }

  enter(role: Role, cursor: TreeCursor): void {
    if (role === 'text') this.#addText(unescaped(cursor.nodeText));
    else if (role === 'hole') this.#addText(HOLE);
    else this.#push(role, cursor);
  }

  leave(role: Role): void {
    if (role === 'text' || role === 'hole') return;
    const frame = this.#frames.pop();
    if (frame !== undefined) this.#close[frame.role](frame);
  }

  outline(): Outline {
    return {
      scopes: this.#scopes.all(),
      blocks: this.#blocks.toSorted((a, b) => a.from - b.from || b.to - a.to),
      printed: this.#printed.toSorted(isByLine),
      metrics: this.#metrics.toSorted(isByLine),
      routes: this.#routes.all(),
      imports: this.#imports,
    };
  }

  #push(role: Frame['role'], cursor: TreeCursor): void {
    const frame: Frame = {
      role,
      line: cursor.startPosition.row + 1,
      start: cursor.startIndex,
      end: cursor.endIndex,
      text: '',
      literals: [],
      noted: false,
    };
    if (role === 'scope') frame.noted = this.#openScope(cursor);
    if (role === 'block') this.#noteBlock(cursor);
    if (role === 'arguments' || role === 'block') frame.text = this.#noteCall(frame);
    if (role === 'pair')
      frame.text = /^[\s"':]*([\w$-]+)/.exec(this.#text.slice(frame.start, frame.end))?.[1] ?? '';
    if (role === 'decorator') this.#routes.enterDecorator();
    this.#frames.push(frame);
  }

  /** What is done when a frame is left. */
  readonly #close: Readonly<Record<Frame['role'], (frame: Frame) => void>> = {
    string: (frame) => this.#closeString(frame),
    pattern: (frame) => this.#closePattern(frame),
    arguments: (frame) => this.#closeArguments(frame),
    block: (frame) => this.#closeArguments(frame),
    call: (frame) => this.#closeCall(frame),
    throw: ({ line, literals }) => this.#print('throw', line, literals),
    pair: ({ text, literals }) => this.#rise(literals.map((one) => ({ ...one, key: one.key ?? text }))),
    scope: (frame) => this.#closeScope(frame),
    statement: ({ literals }) => this.#rise(literals),
    decorator: () => this.#routes.leaveDecorator(),
    import: (frame) => this.#imports.push(...this.#imported(frame)),
  };

  #addText(text: string): void {
    const frame = this.#frames.at(-1);
    if (frame?.role === 'string' || frame?.role === 'pattern') frame.text += text;
  }

  /** Whether it has a name, and so a scope of its own. */
  #openScope(cursor: TreeCursor): boolean {
    const { kind, name, ...rest } = this.#dialect.headOf(cursor.currentNode);
    if (name === null) {
      this.#noteBlock(cursor);
      return false;
    }
    const range = [cursor.startPosition.row + 1, cursor.endPosition.row + 1] as const;
    this.#routes.enterScope(this.#scopes.open({ kind, name, ...rest }, range));
    return true;
  }

  /** A block begins where the call begins that it is handed to. */
  #noteBlock({ startPosition, endPosition }: TreeCursor): void {
    const call = this.#frames.findLast(({ role }) => role !== 'arguments' && role !== 'pair');
    const from = call?.role === 'call' ? call.line : startPosition.row + 1;
    if (endPosition.row + 1 > from) this.#blocks.push({ from, to: endPosition.row + 1 });
  }

  /** Notes the call that these arguments belong to; answers its name, empty where the block is none of a call's own. */
  #noteCall(frame: Frame): string {
    const call = this.#frames.at(-1);
    if (call?.role !== 'call' || call.noted) return '';
    call.noted = true;
    const name = calleeOf(this.#text.slice(call.start, frame.start));
    if (name !== '' && !name.startsWith('@')) this.#scopes.current().calls.push({ name, line: frame.line });
    return name;
  }

  /** A call whose arguments were met is noted; one without any is Ruby's `cart.total` or Java's `@PostMapping`. */
  #closeCall({ noted, start, end, line, literals }: Frame): void {
    if (noted) return this.#rise(literals);
    const name = calleeOf(this.#text.slice(start, end).replace(/`[^]*$/, ''));
    if (name.startsWith('@')) this.#routes.addCall(name, [], line, this.#scopes.place());
    else if (name !== '') this.#scopes.current().calls.push({ name, line });
    this.#rise(literals);
  }

  #closeScope({ noted, literals }: Frame): void {
    this.#keepTexts(literals);
    if (noted) this.#scopes.close();
  }

  #closeString(frame: Frame): void {
    const around = this.#frames.at(-1)?.role;
    if (around === 'statement') return; // a docstring or a directive
    this.#rise([{ text: frame.text, line: frame.line, key: null }, ...frame.literals]);
  }

  #closePattern({ text, line }: Frame): void {
    const route = text.startsWith('^') ? writtenRoute(text) : null;
    if (route !== null) this.#rise([{ text: route.path, line, key: null }]);
  }

  #closeArguments(frame: Frame): void {
    const { text: callee, literals, line } = frame;
    const by = callee === '' ? null : printsAs(callee);
    if (by !== null) return this.#print(by, line, literals);
    if (frame.role === 'block') return this.#keepTexts(literals);
    if (/^(?:require|require_relative|import|load)$/.test(callee)) {
      this.#imports.push(...literals.map(({ text }) => text));
      return;
    }
    const metric = metricOf(callee, literals);
    if (metric !== null) this.#metrics.push({ name: metric, line });
    else if (!this.#routes.addCall(callee, literals, line, this.#scopes.place())) this.#rise(literals);
  }

  #rise(literals: readonly Literal[]): void {
    const around = this.#frames.at(-1);
    if (around === undefined) this.#keepTexts(literals);
    else around.literals.push(...literals);
  }

  #print(by: Printed['by'], line: number, literals: readonly Literal[]): void {
    const parts = literals.flatMap(({ text }) => partsOf(text));
    if (parts.length > 0) this.#printed.push({ by, line, parts });
  }

  /** Strings that nothing around them knew: a route in a table, or words that may be shown somewhere. */
  #keepTexts(literals: readonly Literal[]): void {
    for (const one of literals) {
      if (this.#routes.addText(one)) continue;
      if (SEVERAL_WORDS.test(one.text.slice(0, 500))) this.#print('text', one.line, [one]);
    }
  }

  /** `./cart.js` of `import x from './cart.js'`, `shop.cart` of `from shop.cart import x`. */
  #imported({ literals, start, end }: Frame): readonly string[] {
    if (literals.length > 0) return literals.map(({ text }) => text);
    const words = this.#text
      .slice(start, end)
      .replace(/;\s*$/, '')
      .split(/[\s,()]+/);
    if (words[0] === 'from') return words.slice(1, 2);
    return words
      .slice(1)
      .filter((word, at, all) => word !== '' && word !== 'static' && word !== 'as' && all[at - 1] !== 'as');
  }
}
