import type { LineHits } from './line-hits.ts';

/** Line hits of a JaCoCo report (machine-written XML), by `package/File.java`. Null for what is no such report. */
export function jacocoHits(xml: string | null): LineHits | null {
  const hits = new Map<string, Map<number, number>>();
  for (const [, name, body = ''] of (xml ?? '').matchAll(/<package name="([^"]*)">(.*?)<\/package>/gs)) {
    for (const [, file, lines = ''] of body.matchAll(/<sourcefile name="([^"]*)">(.*?)<\/sourcefile>/gs))
      hits.set(name === '' ? `${file}` : `${name}/${file}`, linesOf(lines));
  }
  return hits.size === 0 ? null : hits;
}

/** `ci` counts the instructions of a line that ran. */
function linesOf(xml: string): Map<number, number> {
  const lines = [...xml.matchAll(/<line nr="(\d+)" mi="\d+" ci="(\d+)"/g)];
  return new Map(lines.map(([, line, ran]) => [Number(line), Number(ran)] as const));
}
