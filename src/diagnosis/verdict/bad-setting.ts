import { codeAt, type Thought, type Weighing } from './weighing.ts';

/** The code reads a setting there, and the setting may be missing or wrong in this environment. */
export function badSetting({ located, anomaly, cite }: Weighing): Thought | null {
  const { origin } = located;
  const code = origin === null ? null : codeAt(origin);
  if (origin === null || code === null || located.by !== 'trace') return null;
  const name = SETTINGS.map((form) => form.exec(code)?.[1]).find((found) => found !== undefined);
  if (name === undefined) return null;
  const restsOn = cite.suspect(origin);
  const text = `${origin.file}:${origin.line} reads the setting ${name}: \`${code}\`.`;
  return {
    text: `The setting ${name} is missing or wrong where ${anomaly.source} runs.`,
    for: [{ kind: 'setting', text, restsOn, shown: [{ words: name, by: restsOn }] }],
    against: [],
  };
}

/** How environment variables are read in the six languages. */
const SETTINGS: readonly RegExp[] = [
  /process\.env\.(\w+)/,
  /process\.env\[['"](\w+)['"]\]/,
  /os\.environ\[['"](\w+)['"]\]/,
  /os\.(?:environ\.get|getenv|Getenv|LookupEnv)\(['"](\w+)['"]/,
  /System\.getenv\("(\w+)"\)/,
  /\bENV(?:\.fetch\(|\[)['"](\w+)['"]/,
];
