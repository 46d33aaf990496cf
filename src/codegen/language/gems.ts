import type { Package } from './package.ts';

export interface Gem {
  readonly name: string;
  /** In a group of development or test, or a development dependency of a gem. */
  readonly isForDevelopment: boolean;
  /** Where it is declared. */
  readonly file: string;
}

/** Gems that the Gemfile and the gemspecs of a package declare. */
export async function gemsOf(found: Package): Promise<readonly Gem[]> {
  const files = found.names.filter((name) => /^(Gemfile|gems\.rb|[^/]+\.gemspec)$/.test(name));
  const lists = await Promise.all(
    files.map(async (file) => {
      const text = (await found.read(file)) ?? '';
      return file.endsWith('.gemspec') ? gemsOfSpec(text, file) : gemsOfGemfile(text, file);
    }),
  );
  return lists.flat();
}

function gemsOfGemfile(text: string, file: string): readonly Gem[] {
  const gems: Gem[] = [];
  const blocks: boolean[] = [];
  for (const line of text.split('\n').map((one) => one.replace(/(^|\s)#.*$/, ''))) {
    const name = /^\s*gem\s*\(?\s*['"]([^'"]+)['"]/.exec(line)?.[1];
    const isAside = blocks.includes(true) || /\bgroups?:\s*\[?[^\]]*:(test|development)/.test(line);
    if (name !== undefined) gems.push({ name, isForDevelopment: isAside, file });
    if (/\bdo\s*(\|[^|]*\|)?\s*$/.test(line) || /^\s*if\b/.test(line))
      blocks.push(/^\s*group\b.*:(test|development)/.test(line));
    else if (/^\s*end\b/.test(line)) blocks.pop();
  }
  return gems;
}

function gemsOfSpec(text: string, file: string): readonly Gem[] {
  return [...text.matchAll(/\.add_(runtime_|development_)?dependency\s*\(?\s*['"]([^'"]+)['"]/g)].map(
    ([, kind = '', name = '']) => ({ name, isForDevelopment: kind === 'development_', file }),
  );
}
