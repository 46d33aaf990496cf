import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFix } from '../../src/codegen/apply.ts';
import type { CodeAgent } from '../../src/ports/agent.ts';
import {
  type Files,
  failedChecks,
  newRepository,
  newWorld,
  planAt,
  portsAt,
  sandboxFor,
  toolchainsAt,
  writeFiles,
  writing,
} from '../support/fix-world.ts';
import { isSkipped } from '../support/real-program.ts';

function hasPytest(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import pytest'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const isThere = ['python3', '/usr/bin/python3'].some(hasPytest);

describe.skipIf(isSkipped('pytest', isThere))('the real pytest', () => {
  let world: ReturnType<typeof newWorld>;
  const repo = () => join(world.folder, 'repo');
  beforeEach(() => {
    world = newWorld();
  });
  afterEach(() => world.remove());

  it('is found by the package of the suspect, beside a package of another language', async () => {
    const tree = join(world.folder, 'tree');
    writeFiles(tree, {
      'package.json': JSON.stringify({ devDependencies: {}, scripts: { test: 'node --test' } }),
      'service/tests/test_x.py': '',
      'service/app.py': '',
    });
    const toolchains = toolchainsAt(repo(), await sandboxFor(repo()));
    expect((await toolchains.detect(tree, 'service/app.py'))?.name).toBe('pytest');
    expect((await toolchains.detect(tree, 'src/x.js'))?.name).toBe('node:test');
  });

  describe('a proof with pytest', () => {
    const PYTHON: Files = {
      'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\n',
      'shop/__init__.py': '',
      'shop/total.py': 'def total(order):\n    return sum(line["price"] for line in order["lines"])\n',
      'tests/test_total.py':
        'from shop.total import total\n\n\nclass TestTotal:\n    def test_adds(self):\n        assert total({"lines": [{"price": 2}]}) == 2\n',
    };
    const FIX = {
      'shop/total.py':
        'def total(order):\n    return sum(line["price"] for line in order.get("lines", []))\n',
    };
    const TEST = {
      'tests/test_none.py': 'from shop.total import total\n\n\ndef test_none():\n    assert total({}) == 0\n',
    };
    const python = (agent: CodeAgent) => {
      const base = newRepository(repo(), PYTHON);
      return portsAt(world.folder, agent).then((ports) =>
        applyFix(planAt(base, 'shop/total.py', 'KeyError'), ports, new AbortController().signal),
      );
    };

    it('holds for an honest fix with a new test', async () => {
      const fix = await python(writing({ ...FIX, ...TEST }));
      expect(failedChecks(fix)).toEqual([]);
      expect(fix).toMatchObject({ language: 'python', framework: 'pytest', outcome: { end: 'proven' } });
      expect(fix.proof?.newTests).toEqual([{ file: 'tests/test_none.py', name: 'test_none' }]);
    });

    it('fails without a fix, with an expected failure, and with a test that cannot be collected', async () => {
      const ends: string[] = [];
      const mark = 'import pytest\n\n\n@pytest.mark.xfail\ndef test_none():\n    assert False\n';
      const broken =
        'from shop.total import total, other\n\n\ndef test_none():\n    assert total({}) == other\n';
      const tries: readonly Files[] = [
        TEST,
        { ...FIX, 'tests/test_none.py': mark },
        { ...FIX, 'tests/test_none.py': broken },
      ];
      for (const files of tries) {
        ends.push(failedChecks(await python(writing(files)))[0]?.name ?? 'proven');
        rmSync(repo(), { recursive: true });
      }
      expect(ends).toEqual(['passes_after', 'tamper', 'fails_before']);
    });
  });
});
