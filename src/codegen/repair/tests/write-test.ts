import { javascriptTest } from './javascript.ts';
import { pythonTest } from './python.ts';
import type { NewFile, TestSpec } from './spec.ts';

/** The test as a file of its own; null where it cannot be written. */
export function writeTest(spec: TestSpec): NewFile | null {
  switch (spec.source.dialect.language) {
    case 'javascript':
    case 'typescript':
      return javascriptTest(spec);
    case 'python':
      return pythonTest(spec);
    case 'go':
    case 'java':
    case 'ruby':
      return null;
  }
}
