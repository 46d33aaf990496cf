/** Null for null, and for half a report of a run that was stopped. */
export function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    // Told apart by nobody: both mean that there is no report.
    return null;
  }
}

/** One JSON value a line; what is no JSON is left out. */
export function parseLines(text: string | null): readonly unknown[] {
  return (text ?? '').split('\n').flatMap((line) => {
    const value = line.startsWith('{') ? parseJson(line) : null;
    return value === null ? [] : [value];
  });
}
