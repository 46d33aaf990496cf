import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/adapters/process/run.ts';
import { toolchains } from '../../../src/adapters/toolchains/toolchains.ts';
import { toolchainContract } from '../../contract/toolchain.ts';
import { allOf } from '../../support/agent-task.ts';
import { env, type Files, newWorld, sandboxFor, writeFiles } from '../../support/fix-world.ts';
import { listen } from '../../support/listen.ts';
import { realProgram } from '../../support/real-program.ts';
import { goSample } from '../../support/toolchains/go.ts';

const LIB = 'package lib\n\nfunc One() int { return 1 }\n';
const LIB_MOD = 'module example.com/lib\n\ngo 1.19\n';
const REQUIRES = 'module example.com/shop\n\ngo 1.19\n\nrequire example.com/lib v1.0.0\n';

/** Go's hash of a `go.mod` file. */
function modHash(text: string): string {
  const inner = createHash('sha256').update(text).digest('hex');
  return `h1:${createHash('sha256').update(`${inner}  go.mod\n`).digest('base64')}`;
}

const ZIP_HASH = `h1:${'A'.repeat(43)}=`;

const PROJECT: Files = {
  'go.mod': REQUIRES,
  'go.sum': `example.com/lib v1.0.0 ${ZIP_HASH}\nexample.com/lib v1.0.0/go.mod ${modHash(LIB_MOD)}\n`,
  'shop_test.go':
    'package shop\n\nimport (\n\t"testing"\n\n\t"example.com/lib"\n)\n\nfunc TestOne(t *testing.T) {\n\tif lib.One() != 1 {\n\t\tt.Fail()\n\t}\n}\n',
};

/** A module as `go mod download` leaves it. */
const DOWNLOADED: Files = {
  'example.com/lib@v1.0.0/lib.go': LIB,
  'example.com/lib@v1.0.0/go.mod': LIB_MOD,
  'cache/download/example.com/lib/@v/v1.0.0.info': '{"Version":"v1.0.0"}',
  'cache/download/example.com/lib/@v/v1.0.0.mod': LIB_MOD,
  'cache/download/example.com/lib/@v/v1.0.0.ziphash': ZIP_HASH,
  'cache/download/example.com/lib/@v/v1.0.0.zip': '',
};

/** What a module proxy answers. The archive is made by Python, which has every machine of ours that has Go. */
async function proxyServer() {
  const zip = execFileSync('/usr/bin/python3', ['-c', ZIP], { input: JSON.stringify([LIB_MOD, LIB]) });
  const answers: Readonly<Record<string, string | Buffer>> = {
    '/example.com/lib/@v/v1.0.0.info': '{"Version":"v1.0.0"}',
    '/example.com/lib/@v/v1.0.0.mod': LIB_MOD,
    '/example.com/lib/@v/v1.0.0.zip': zip,
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  const sums = [
    ['example.com/lib@v1.0.0/go.mod', LIB_MOD],
    ['example.com/lib@v1.0.0/lib.go', LIB],
  ].map(
    ([name, text]) =>
      `${createHash('sha256')
        .update(text ?? '')
        .digest('hex')}  ${name}\n`,
  );
  const sum = createHash('sha256').update(sums.join('')).digest('base64');
  return {
    ...(await listen(server)),
    sum: `example.com/lib v1.0.0 h1:${sum}\nexample.com/lib v1.0.0/go.mod ${modHash(LIB_MOD)}\n`,
  };
}

const ZIP = `import io, json, sys, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, 'w') as archive:
    for name, text in zip(('go.mod', 'lib.go'), json.load(sys.stdin)):
        archive.writestr('example.com/lib@v1.0.0/' + name, text)
sys.stdout.buffer.write(out.getvalue())`;

describe.skipIf(realProgram('go').skipped)('the real Go', () => {
  toolchainContract(goSample);

  describe('modules of others', { timeout: 180_000 }, () => {
    let world: ReturnType<typeof newWorld>;
    beforeEach(() => {
      world = newWorld();
    });
    afterEach(() => world.remove());

    const runIn = async (files: Files, proxy: string | null = null) => {
      const root = join(world.folder, 'repo');
      const tree = join(world.folder, 'tree');
      writeFiles(tree, files);
      writeFiles(root, files);
      const found = await toolchains({
        root,
        run,
        env: { ...env, HOME: join(world.folder, 'home'), GOPROXY: proxy ?? 'off', GOSUMDB: 'off' },
        sandbox: await sandboxFor(root),
        execPath: process.execPath,
        testCommand: null,
        downloads: proxy !== null,
        timeoutMs: 120_000,
      }).detect(tree, 'shop.go');
      return found?.run(allOf([]), new AbortController().signal);
    };

    it("are read from the user's downloads", async () => {
      writeFiles(join(world.folder, 'home', 'go', 'pkg', 'mod'), DOWNLOADED);
      expect(await runIn(PROJECT)).toMatchObject({
        ok: true,
        results: [{ name: 'TestOne', outcome: 'passed' }],
      });
    });

    it('are read from the vendor folder', async () => {
      const vendored = {
        'vendor/modules.txt': '# example.com/lib v1.0.0\n## explicit; go 1.19\nexample.com/lib\n',
        'vendor/example.com/lib/lib.go': LIB,
      };
      expect(await runIn({ ...PROJECT, ...vendored })).toMatchObject({ ok: true });
    });

    it('are downloaded where that is allowed', async () => {
      const server = await proxyServer();
      const project = { ...PROJECT, 'go.sum': server.sum };
      expect(await runIn(project, server.url)).toMatchObject({ ok: true });
      await server.close();
    });

    it('that are nowhere are named, with what to type', async () => {
      await expect(runIn(PROJECT)).rejects.toMatchObject({
        code: 'tool_missing',
        message: expect.stringContaining('GOPROXY=off'),
      });
    });
  });
});
