/** How code reads a setting of the environment: JavaScript and TypeScript, Python, Go, Java, Ruby, shell. */
const READS = new RegExp(
  [
    String.raw`\bprocess\.env\.([A-Za-z_]\w*)`,
    String.raw`\bprocess\.env\[\s*['"]([A-Za-z_]\w*)`,
    String.raw`\benviron(?:\.get\(|\[)\s*['"]([A-Za-z_]\w*)`,
    String.raw`\b(?:os\.)?(?:[Gg]etenv|LookupEnv)\(\s*['"]([A-Za-z_]\w*)`,
    String.raw`\bENV(?:\[|\.fetch\(?)\s*['"]([A-Za-z_]\w*)`,
    String.raw`\bimport\.meta\.env\.([A-Za-z_]\w*)`,
  ].join('|'),
  'g',
);

/** Names of the settings of the environment that a piece of code reads, each once. */
export function settingsRead(code: string): readonly string[] {
  const names = [...code.matchAll(READS)].flatMap(([, ...groups]) =>
    groups.filter((name) => name !== undefined),
  );
  return [...new Set(names)];
}
