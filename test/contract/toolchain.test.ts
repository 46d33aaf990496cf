import { javascriptSample } from '../support/toolchains/javascript.ts';
import { toolchainContract } from './toolchain.ts';

toolchainContract(
  javascriptSample(
    'node:test',
    "import { equal } from 'node:assert';\nimport { it } from 'node:test';\nconst { skip } = it;\n",
    null,
  ),
);
