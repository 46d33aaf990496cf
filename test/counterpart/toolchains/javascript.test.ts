import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { toolchainContract } from '../../contract/toolchain.ts';
import { isSkipped } from '../../support/real-program.ts';
import { javascriptSample } from '../../support/toolchains/javascript.ts';

toolchainContract(javascriptSample('vitest', join(process.cwd(), 'node_modules')));

/** Runners that are no dependency of ours; `.ci/run` installs them beside the checkout. */
const runners = process.env['VIGILAI_TEST_RUNNERS'] ?? '';

for (const name of ['mocha', 'jest'] as const) {
  describe.skipIf(isSkipped(name, existsSync(join(runners, name))))(`the real ${name}`, () => {
    toolchainContract(javascriptSample(name, runners));
  });
}
