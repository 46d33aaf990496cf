import { join } from 'node:path';
import { VigilError } from '../../../domain/errors.ts';
import { programOnPath } from '../machine.ts';
import type { Package } from '../package.ts';
import type { Runner } from '../runner.ts';
import type { Sought } from '../toolchains.ts';
import { goTest } from './go-test.ts';

/** `go test` of the module whose `go.mod` stands here. */
export async function goRunner(pkg: Package, { options }: Sought): Promise<Runner | null> {
  if (!pkg.names.includes('go.mod')) return null;
  const { env } = options;
  const go = programOnPath('go', env);
  if (go === null)
    throw new VigilError('tool_missing', {
      what: 'the tests need Go, and there is no `go` on PATH',
      hint: 'Install Go, then try the fix again.',
    });
  const modules = env['GOMODCACHE'] ?? join(env['GOPATH'] ?? join(env['HOME'] ?? '/', 'go'), 'pkg', 'mod');
  return goTest(pkg, { go, modules, proxy: proxyIn(env) });
}

function proxyIn(env: Sought['options']['env']): Readonly<Record<string, string>> {
  const names = ['GOPROXY', 'GOSUMDB', 'GONOSUMDB', 'GOPRIVATE', 'GONOPROXY'];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
