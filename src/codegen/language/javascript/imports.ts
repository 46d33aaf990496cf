/** Names of the packages that these texts import or require: `@scope/name`, `node:test`, `express`. */
export function importedPackages(texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of texts) {
    for (const [, specifier = ''] of text.matchAll(
      /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"]([^'".\n][^'"\n]*)['"]/g,
    ))
      names.add(packageOf(specifier));
  }
  return names;
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
