import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

/** Text of a file that lies in `root`, links resolved; null where there is none to show. */
export async function readInside(root: string, file: string, mostBytes: number): Promise<string | null> {
  try {
    const real = await realpath(join(root, file));
    const inside = relative(await realpath(root), real);
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null;
    if (inside.split(sep)[0] === '.git') return null; // remotes may carry credentials
    if (!(await stat(real)).isFile()) return null; // opening a pipe would wait for ever
    const handle = await open(real, 'r');
    try {
      const { size } = await handle.stat();
      if (size > mostBytes) return null;
      const bytes = await handle.readFile();
      return bytes.includes(0) ? null : bytes.toString('utf8');
    } finally {
      await handle.close();
    }
  } catch {
    return null; // missing, a folder, or not readable: there is no text to show
  }
}
