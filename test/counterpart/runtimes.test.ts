import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { realProgram } from '../support/real-program.ts';
import { lastWords, onlyTrace } from '../support/runtime-traces.ts';

describe.skipIf(realProgram('python3').skipped)('a real Python', () => {
  it('prints a chain that is read', () => {
    const code = `def load(n):
    raise KeyError(n)
def checkout():
    try:
        load(1)
    except KeyError as e:
        raise ValueError("bad cart") from e
checkout()
`;
    expect(onlyTrace(lastWords('a.py', code, () => ['python3', 'a.py']))).toEqual([
      ['KeyError', 2, 'load'],
      ['ValueError', 7, 'checkout'],
    ]);
  });
});

describe.skipIf(realProgram('javac').skipped)('a real Java', () => {
  it('prints a cause that shares frames with the error around it, which is read', () => {
    const code = `public class A {
  static void load() { throw new IllegalStateException("no row"); }
  public static void main(String[] a) {
    try { load(); } catch (RuntimeException e) { throw new RuntimeException("bad cart", e); }
  }
}
`;
    const said = lastWords('A.java', code, (folder) => {
      execFileSync('javac', ['A.java'], { cwd: folder });
      return ['java', '-cp', folder, 'A'];
    });
    expect(onlyTrace(said)).toEqual([
      ['java.lang.IllegalStateException', 2, 'A.load'],
      ['java.lang.RuntimeException', 4, 'A.main'],
    ]);
  });
});
