import { toolchainContract } from './toolchain.ts';

toolchainContract({
  name: 'node:test',
  framework: null,
  usesPackages: false,
  suite: 'test/suite.test.js',
  broken: 'test/broken.test.js',
  notATest: 'src/a.js',
  files: {
    'package.json': JSON.stringify({ type: 'module', scripts: { test: 'node --test' } }),
    'src/a.js': 'export const one = 1;\n',
    'test/suite.test.js':
      "import assert from 'node:assert';\nimport { it } from 'node:test';\nit('passes', () => {});\nit('fails', () => assert.equal(1, 2));\nit.skip('waits', () => {});\n",
    'test/broken.test.js': "import './nowhere.js';\n",
  },
});
