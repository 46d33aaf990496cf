import type { RouteSite, Scope } from '../../ports/syntax.ts';
import type { Literal } from './literals.ts';
import { routeCall, writtenRoute } from './vocabulary/routes.ts';

type ScopeName = Pick<Scope, 'kind' | 'name'>;

/**
 * The routes of one file, as its nodes are met. A decorator stands before what handles its route, and that of a class
 * before the routes of its methods, so both wait for the scope that comes next.
 */
export class RouteSites {
  readonly #routes: { -readonly [key in keyof RouteSite]: RouteSite[key] }[] = [];
  /** How many decorators are open. */
  #decorators = 0;
  /** Routes from this one on wait for their handler. */
  #waiting = 0;
  /** Prefix of a class that is still to come; of classes by their names. */
  #prefix = '';
  readonly #prefixes = new Map<string, string>();

  enterDecorator(): void {
    this.#decorators += 1;
  }

  leaveDecorator(): void {
    this.#decorators -= 1;
  }

  enterScope({ kind, name }: ScopeName): void {
    if (kind === 'class') {
      this.#prefixes.set(name, this.#prefix);
      this.#prefix = '';
      return;
    }
    for (const route of this.#routes.slice(this.#waiting)) route.handler = name;
    this.#waiting = this.#routes.length;
  }

  /** Takes a call that routes; false for any other call. */
  addCall(callee: string, literals: readonly Literal[], line: number, at: Place): boolean {
    // An annotation of Java stands within what it annotates.
    const annotates = callee.startsWith('@');
    const decorates = annotates || this.#decorators > 0;
    const found = routeCall(callee, literals, { decorates, onClass: at.scope.kind === 'class' });
    if (found?.kind === 'prefix') this.#setPrefix(found.path, at.scope);
    if (found?.kind !== 'routes') return found !== null;
    const prefix = decorates ? this.#prefixOf(at.className) : '';
    const handler = annotates ? at.scope.name : null;
    for (const { method, path } of found.routes) {
      this.#routes.push({ method, path: `${prefix}${path}`.replaceAll('//', '/') || '/', line, handler });
    }
    if (annotates || !decorates) this.#waiting = this.#routes.length;
    return true;
  }

  #prefixOf(className: string | null): string {
    return (className === null ? undefined : this.#prefixes.get(className)) ?? '';
  }

  #setPrefix(path: string, { kind, name }: ScopeName): void {
    if (kind === 'class') this.#prefixes.set(name, path);
    else this.#prefix = path;
  }

  /** Takes a text that is written as a route; false for any other text. */
  addText({ text, line }: Literal): boolean {
    const route = writtenRoute(text);
    if (route === null) return false;
    this.#routes.push({ ...route, line, handler: null });
    this.#waiting = this.#routes.length;
    return true;
  }

  all(): readonly RouteSite[] {
    return this.#routes.toSorted((a, b) => a.line - b.line);
  }
}

/** Where a call is made: in which scope, and in which class; null in none. */
interface Place {
  readonly scope: ScopeName;
  readonly className: string | null;
}
