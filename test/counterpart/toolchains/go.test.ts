import { describe } from 'vitest';
import { toolchainContract } from '../../contract/toolchain.ts';
import { realProgram } from '../../support/real-program.ts';
import { goSample } from '../../support/toolchains/go.ts';

describe.skipIf(realProgram('go').skipped)('the real Go', () => {
  toolchainContract(goSample);
});
