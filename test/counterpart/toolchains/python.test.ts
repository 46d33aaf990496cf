import { execFileSync } from 'node:child_process';
import { describe } from 'vitest';
import { toolchainContract } from '../../contract/toolchain.ts';
import { isSkipped } from '../../support/real-program.ts';
import { pytestSample, unittestSample } from '../../support/toolchains/python.ts';

function imports(modules: string): boolean {
  return ['python3', '/usr/bin/python3'].some((python) => {
    try {
      execFileSync(python, ['-c', `import ${modules}`], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

const isThere = imports('pytest, coverage');

describe.skipIf(isSkipped('pytest with coverage.py', isThere))('the real Python', () => {
  toolchainContract(pytestSample);
  toolchainContract(unittestSample);
});
