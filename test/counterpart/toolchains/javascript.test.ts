import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { toolchainContract } from '../../contract/toolchain.ts';
import { isSkipped } from '../../support/real-program.ts';
import { javascriptSample } from '../../support/toolchains/javascript.ts';

const NODE_ASSERT = "import { equal } from 'node:assert';\n";

toolchainContract(
  javascriptSample(
    'vitest',
    "import { expect, it } from 'vitest';\nconst { skip } = it;\nconst equal = (a, b) => expect(a).toBe(b);\n",
    join(process.cwd(), 'node_modules'),
  ),
);

/** Runners that are no dependency of ours; `.ci/run` installs them beside the checkout. */
const runners = process.env['VIGILAI_TEST_RUNNERS'] ?? '';

describe.skipIf(isSkipped('mocha', existsSync(join(runners, 'mocha'))))('the real mocha', () => {
  toolchainContract(javascriptSample('mocha', `${NODE_ASSERT}const { skip } = it;\n`, runners));
});
