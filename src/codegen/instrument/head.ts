import type { Language } from '../../domain/trace.ts';
import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import type { Emission } from './emission.ts';
import { named } from './grammar.ts';

/** Puts what an emission needs at the head of the file, behind its own imports. What is there is left alone. */
export function withHead(root: SyntaxNode, text: string, emission: Emission, language: Language): string {
  const imports = emission.imports.filter((line) => !text.includes(line));
  const { declarations } = emission;
  if (imports.length === 0 && declarations.length === 0) return text;
  const lines = text.split('\n');
  const heads = named(root).filter((node) => isHead(node, language));
  const last = heads.findLast((node) => isImport(node, language)) ?? heads.at(-1);
  const at = last?.lastLine ?? startOf(lines, language);
  const below = [...spaced(declarations), ...gap(lines[at])];
  const group = language === 'go' ? goGroup(heads) : null;
  if (group !== null) {
    const [head, tail] = [lines.slice(0, at), lines.slice(at)];
    return [...head.slice(0, group.line), ...merged(head.slice(group.line), imports), ...below, ...tail].join(
      '\n',
    );
  }
  const written = language === 'go' ? imports.map((line) => `import ${line}`) : imports;
  const isBehindImport = last !== undefined && isImport(last, language);
  const own = isBehindImport || at === 0 ? written : spaced(written);
  return [...lines.slice(0, at), ...own, ...below, ...lines.slice(at)].join('\n');
}

/** Lines of a group of imports with more of them, each where gofmt wants it. */
function merged(group: readonly string[], imports: readonly string[]): readonly string[] {
  const lines = [...group];
  for (const path of imports) {
    const isForeign = path.includes('.');
    const at = lines.findIndex((line) => {
      const other = /"[^"]+"/.exec(line)?.[0];
      if (other === undefined) return !isForeign || line.startsWith(')');
      return other.includes('.') === isForeign ? other > path : !isForeign;
    });
    lines.splice(at === -1 ? lines.length - 1 : at, 0, `\t${path}`);
  }
  return lines;
}

/** A blank line between what is put in and code that follows at once. */
function gap(next: string | undefined): readonly string[] {
  return next === undefined || next.trim() === '' ? [] : [''];
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** What has to come before anything else, and imports. */
function isHead(node: SyntaxNode, language: Language): boolean {
  return (
    isImport(node, language) || /^(package_clause|package_declaration)$/.test(node.type) || isDirective(node)
  );
}

function isDirective(node: SyntaxNode): boolean {
  return (
    node.type === 'expression_statement' && named(node).length === 1 && named(node)[0]?.type === 'string'
  );
}

function isImport(node: SyntaxNode, language: Language): boolean {
  switch (language) {
    case 'javascript':
    case 'typescript':
      return (
        node.type === 'import_statement' ||
        (/^(lexical_declaration|variable_declaration)$/.test(node.type) && /=\s*require\(/.test(node.text))
      );
    case 'ruby':
      return node.type === 'call' && /^require(_relative)?\b/.test(node.text);
    case 'python':
    case 'go':
    case 'java':
      return /^(import_statement|import_from_statement|future_import_statement|import_declaration)$/.test(
        node.type,
      );
  }
}

/** A group `import ( ... )`; null without one. */
function goGroup(heads: readonly SyntaxNode[]): SyntaxNode | null {
  return heads.find((node) => node.type === 'import_declaration' && /^import\s*\(/.test(node.text)) ?? null;
}

/** Behind the comments that a file begins with: licence, interpreter, encoding. */
function startOf(lines: readonly string[], language: Language): number {
  const comment = language === 'python' || language === 'ruby' ? /^#/ : /^(#!|\/\/|\/\*| \*)/;
  const first = lines.findIndex((line) => !comment.test(line));
  return first === -1 ? 0 : first;
}
