import { goTest } from './go.ts';
import { javaTest } from './java.ts';
import { javascriptTest } from './javascript.ts';
import { pythonTest } from './python.ts';
import { rubyTest } from './ruby.ts';
import type { NewFile, TestSpec } from './spec.ts';

/** The test as a file of its own. */
export function writeTest(spec: TestSpec): NewFile {
  switch (spec.source.dialect.language) {
    case 'javascript':
    case 'typescript':
      return javascriptTest(spec);
    case 'python':
      return pythonTest(spec);
    case 'go':
      return goTest(spec);
    case 'java':
      return javaTest(spec);
    case 'ruby':
      return rubyTest(spec);
  }
}
