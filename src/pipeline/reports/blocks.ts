/** The lines from each that `begins` to the next, the first line of each with them. */
export function blocksOf(lines: readonly string[], begins: RegExp): readonly (readonly string[])[] {
  const blocks: string[][] = [];
  for (const line of lines) {
    if (begins.test(line)) blocks.push([line]);
    else blocks.at(-1)?.push(line);
  }
  return blocks;
}
