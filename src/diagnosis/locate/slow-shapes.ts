/** A line that may take long, and what about it. */
export interface Slow {
  /** 1-based within the body. */
  readonly line: number;
  readonly why: string;
}

const BLOCKING =
  /\b(?:\w+FileSync|execSync|execFileSync|spawnSync|pbkdf2Sync|scryptSync|Atomics\.wait|time\.sleep|Thread\.sleep|sleep)\s*\(/;
const LOOP =
  /^\s*(?:[}\])]*\s*)?(?:for|while|until|loop)\b|\.(?:forEach|map|flatMap|filter|reduce|some|every|each|each_with_index)\b[^\n]*(?:[{(]|\bdo\b[^\n]*)\s*$/;
const SEARCH =
  /\.(?:find|findIndex|findLast|filter|indexOf|includes|some|every|reduce|sort|toSorted|count|index|select|detect)\(|\bif\b.*\bnot? in\b|JSON\.(?:parse|stringify)\(|new RegExp\(|re\.compile\(/;
const WAIT = /\bawait\b|\.(?:query|execute|fetch|request)\(/;
const ONE_LINER =
  /\.(?:map|forEach|filter|reduce|flatMap|some|every)\(.*=>.*\.(?:find|findIndex|filter|indexOf|includes|some|reduce)\(|\bfor\b.*\bin\b.*\bfor\b.*\bin\b/;

/** The first line with a shape of slow code: a loop or a search inside a loop, a wait inside a loop, a blocking call. */
export function slowLine(body: readonly string[]): Slow | null {
  /** Depths of the loops around the current line. */
  const loops: number[] = [];
  for (const [at, text] of body.entries()) {
    if (text.trim() === '' || /^\s*(?:\/\/|#|\*|\/\*)/.test(text)) continue;
    const depth = text.length - text.trimStart().length;
    while (loops.length > 0 && (loops.at(-1) ?? 0) >= depth) loops.pop();
    const why = shapeOf(text, loops.length > 0);
    if (why !== null) return { line: at + 1, why };
    if (LOOP.test(text)) loops.push(depth);
  }
  return null;
}

function shapeOf(text: string, inLoop: boolean): string | null {
  if (BLOCKING.test(text)) return 'blocks';
  if (ONE_LINER.test(text)) return 'searches a list for each item of another';
  if (!inLoop) return null;
  if (SEARCH.test(text)) return 'searches inside a loop';
  if (LOOP.test(text)) return 'loops inside a loop';
  return WAIT.test(text) && !/\bfor await\b/.test(text) ? 'waits inside a loop' : null;
}
