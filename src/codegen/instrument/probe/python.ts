import { nameOf } from '../../language/layout.ts';
import { PROBE_TITLE, type ProbeWish } from './wish.ts';

/** The tests of the file are taken over by name; the probe's class sorts behind them. */
export function pythonProbe({ library, signal, testFile }: ProbeWish): string | null {
  if (library !== 'prometheus_client') return null;
  const module = nameOf(testFile).replace(/\.py$/, '');
  return [
    'import unittest',
    'try:',
    `    from .${module} import *`,
    'except ImportError:',
    `    from ${module} import *`,
    'from prometheus_client import REGISTRY',
    '',
    '',
    'class ZzVigilaiProbe(unittest.TestCase):',
    '    def test_signal(self):',
    `        """${PROBE_TITLE}"""`,
    `        self.assertGreater(REGISTRY.get_sample_value("${signal}") or 0, 0)`,
    '',
  ].join('\n');
}
