/** Options whose value stands as a word of its own. */
const VALUED =
  /^(--import|--require|-r|--loader|--experimental-loader|--conditions|-C|--env-file|--config|-c|--project|--root|--dir|--environment|--test-name-pattern|--test-timeout|--selectProjects)$/;

/** Options that would change what is reported, or keep the runner waiting. */
const DROPPED =
  /^(--test$|--test-reporter|--watch|-w$|--ui$|--coverage|--experimental-test-coverage|--test-coverage|--test-only|--reporter|--outputFile|--silent|--verbose|--json|--forceExit|--bail|--passWithNoTests|-u$|--update)/;

export interface ScriptWords {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  /** Options worth keeping, each followed by its value. */
  readonly options: readonly string[];
  readonly operands: readonly string[];
}

/** How a test script calls a tool: the part of it (between `&&`) that does; null when none does. Never run by a shell. */
export function scriptWords(
  script: string,
  isTool: (word: string, rest: string) => boolean,
): ScriptWords | null {
  for (const part of script.split(/&&|\|\||;/)) {
    const words = (part.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []).map((word) =>
      word.replace(/^(["'])(.*)\1$/, '$2'),
    );
    const at = words.findIndex((word) => isTool(word, part));
    if (at !== -1)
      return {
        ...sorted(words.slice(at + 1)),
        program: words[at] ?? '',
        env: assignments(words.slice(0, at)),
      };
  }
  return null;
}

function sorted(words: readonly string[]): Pick<ScriptWords, 'options' | 'operands'> {
  const options: string[] = [];
  const operands: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) operands.push(word);
    else if (VALUED.test(word)) options.push(word, words[++at] ?? '');
    else if (!DROPPED.test(word)) options.push(word);
  }
  return { options, operands };
}

function assignments(words: readonly string[]): Readonly<Record<string, string>> {
  const pairs = words.flatMap((word) => {
    const found = /^([A-Z_][A-Z0-9_]*)=(.*)$/.exec(word);
    return found === null ? [] : [[found[1] ?? '', found[2] ?? ''] as const];
  });
  return Object.fromEntries(pairs);
}
