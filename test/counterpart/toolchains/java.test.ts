import { describe } from 'vitest';
import { toolchainContract } from '../../contract/toolchain.ts';
import { realProgram } from '../../support/real-program.ts';
import { junit4Sample, junit5Sample } from '../../support/toolchains/java.ts';

describe.skipIf(realProgram('mvn').skipped)('the real Maven', () => {
  describe('with JUnit 5', () => toolchainContract(junit5Sample));
  describe('with JUnit 4', () => toolchainContract(junit4Sample, 'results'));
});
