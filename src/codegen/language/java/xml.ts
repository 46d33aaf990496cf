/** An element of an XML document, as far as manifests need it: no namespaces, attributes or mixed content. */
export interface Element {
  readonly name: string;
  /** Text in it, without that of its children. */
  readonly text: string;
  readonly children: readonly Element[];
}

interface Open extends Element {
  text: string;
  readonly children: Open[];
}

/** Reads what can be read; what is not closed ends with its parent. */
export function readXml(text: string): Element {
  const root: Open = { name: '', text: '', children: [] };
  const open: Open[] = [root];
  const plain = text.replaceAll(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>/g, '');
  for (const [, close, name = '', self, said = ''] of plain.matchAll(
    /<(\/?)([\w.:-]+)[^>]*?(\/?)>([^<]*)/g,
  )) {
    if (close === '/') {
      const at = open.findLastIndex((one) => one.name === name);
      if (at > 0) open.length = at;
    } else {
      const element: Open = { name, text: self === '/' ? '' : said.trim(), children: [] };
      open.at(-1)?.children.push(element);
      if (self !== '/') open.push(element);
    }
  }
  return root;
}

/** Elements by their way down: `all(pom, 'project', 'dependencies', 'dependency')`. */
export function all(from: Element, ...way: readonly string[]): readonly Element[] {
  let found: readonly Element[] = [from];
  for (const name of way) found = found.flatMap((one) => one.children.filter((child) => child.name === name));
  return found;
}

export function textAt(from: Element, ...way: readonly string[]): string | null {
  return all(from, ...way)[0]?.text ?? null;
}
