/** What went over the wire, one JSON text a line, at most `maxBytes`; later lines are only counted. */
export interface Transcript {
  keep(from: 'agent' | 'vigilai', message: unknown): void;
  lines(): readonly string[];
}

export function createTranscript(maxBytes: number): Transcript {
  const kept: string[] = [];
  let bytes = 0;
  let dropped = 0;
  return {
    keep(from, message) {
      const line = JSON.stringify({ from, message });
      if (dropped > 0 || bytes + line.length > maxBytes) {
        dropped += 1;
        return;
      }
      bytes += line.length + 1;
      kept.push(line);
    },
    lines: () => (dropped === 0 ? kept : [...kept, JSON.stringify({ from: 'vigilai', dropped })]),
  };
}
