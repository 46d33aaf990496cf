import type { Act, Sample } from '../../contract/toolchain.ts';

const SOURCE = `def total(order):
    return sum(order["lines"])


# Half of it, for friends.
def discounted(order):
    return total(order) / 2  # pragma: no cover
`;

const ACTS: Readonly<Record<Act, (port: number) => string>> = {
  hang: () => 'import subprocess\n    subprocess.Popen(["sleep", "300"])\n    while True:\n        pass',
  shout: () => 'for i in range(1000):\n        print("x" * 20000)',
  call: (port) => `import socket\n    socket.create_connection(("127.0.0.1", ${port}))`,
};

export const pytestSample: Sample = {
  name: 'pytest',
  framework: 'pytest',
  files: {
    'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\n',
    'shop.py': SOURCE,
    'tests/test_shop.py': `import pytest
from shop import total


class TestTotal:
    def test_adds(self):
        assert total({"lines": [1, 1]}) == 2


def test_expects_too_little():
    assert total({"lines": [1, 1]}) == 1


def test_needs_lines():
    assert total({}) == 0


@pytest.mark.skip
def test_waits():
    pass
`,
  },
  source: 'shop.py',
  suite: 'tests/test_shop.py',
  alone: 'TestTotal::test_adds',
  bug: /KeyError/,
  lines: { covered: [1, 2, 6], uncovered: [7] },
  broken: ['tests/test_broken.py', 'import nowhere\n'],
  act: (act, port) => ['tests/test_act.py', `def test_acts():\n    ${ACTS[act](port)}\n`],
  timeoutMs: 60_000,
  soonMs: 4_000,
  rerun: 'tests/test_shop.py',
  packages: null,
};

export const unittestSample: Sample = {
  ...pytestSample,
  name: 'unittest',
  framework: 'unittest',
  files: {
    'shop.py': SOURCE,
    'tests/test_shop.py': `import unittest
from shop import total


class TotalTest(unittest.TestCase):
    def test_adds(self):
        self.assertEqual(total({"lines": [1, 1]}), 2)

    def test_expects_too_little(self):
        self.assertEqual(total({"lines": [1, 1]}), 1)

    def test_needs_lines(self):
        self.assertEqual(total({}), 0)

    @unittest.skip("later")
    def test_waits(self):
        pass
`,
  },
  alone: 'TotalTest.test_adds',
  act: (act, port) => {
    const body = ACTS[act](port).replaceAll('\n', '\n    ');
    const head = 'import unittest\n\n\nclass ActTest(unittest.TestCase):\n';
    return ['tests/test_act.py', `${head}    def test_acts(self):\n        ${body}\n`];
  },
};
