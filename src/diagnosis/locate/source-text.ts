import { isTestFile } from '../../domain/test-file.ts';

/** A few numbered lines around `line`, with a mark before it. */
export function excerptOf(lines: readonly string[], line: number, around = 3): string {
  const from = Math.max(1, line - around);
  const to = Math.min(lines.length, line + around);
  const width = String(to).length;
  return lines
    .slice(from - 1, to)
    .map(
      (text, i) =>
        `${from + i === line ? '>' : ' '} ${String(from + i).padStart(width)} | ${text.slice(0, 160)}`,
    )
    .join('\n');
}

/** Tests, documents and generated code: seldom where a fault of the running service lies. */
export function isAside(file: string): boolean {
  return (
    isTestFile(file) ||
    /(^|\/)(fixtures?|docs?|examples?|coverage|dist|build|vendor)\//i.test(file) ||
    /\.(md|lock|json|ya?ml|txt|snap|map|min\.js)$/i.test(file)
  );
}
