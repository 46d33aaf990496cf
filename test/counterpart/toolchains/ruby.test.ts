import { describe } from 'vitest';
import { toolchainContract } from '../../contract/toolchain.ts';
import { realProgram } from '../../support/real-program.ts';
import { minitestSample, rspecSample } from '../../support/toolchains/ruby.ts';

describe.skipIf(realProgram('ruby').skipped)('the real Ruby', () => {
  toolchainContract(minitestSample);
  describe.skipIf(realProgram('rspec').skipped)('with RSpec', () => toolchainContract(rspecSample));
});
