import { readdirSync, readFileSync } from 'node:fs';

/** Command lines of living processes whose environment carries this text (Linux). */
export function processesWith(mark: string): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/environ`).includes(mark))
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))
    .filter((commandLine) => commandLine !== ''); // a zombie has none
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it left, or is not ours
  }
}
