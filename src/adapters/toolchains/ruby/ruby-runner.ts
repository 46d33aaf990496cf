import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VigilError } from '../../../domain/errors.ts';
import { programOnPath } from '../machine.ts';
import { folderOf, type Package } from '../package.ts';
import type { Runner } from '../runner.ts';
import type { Sought } from '../toolchains.ts';
import { gemsOf } from './bundle.ts';
import { minitest } from './minitest.ts';
import { rspec } from './rspec.ts';

/** RSpec where there are specs, or none but the Gemfile names it; else Minitest. */
export async function rubyRunner(pkg: Package, { options, framework }: Sought): Promise<Runner | null> {
  const files = globSync('{spec,test}/**/{*_spec,*_test,test_*}.rb', { cwd: folderOf(pkg) });
  const isRuby =
    files.length > 0 || pkg.names.some((name) => /^(Gemfile|Rakefile|\.rspec)$|\.gemspec$/.test(name));
  if (!isRuby) return null;
  const { env } = options;
  const gems = gemsOf(pkg, options);
  if (framework === 'minitest' || (framework !== 'rspec' && !(await usesRspec(pkg, files))))
    return minitest(pkg, required('ruby', env), gems);
  return rspec(pkg, gems.exec.length > 0 ? 'rspec' : required('rspec', env), gems);
}

async function usesRspec(pkg: Package, files: readonly string[]): Promise<boolean> {
  if (files.length > 0) return files.some((file) => file.endsWith('_spec.rb'));
  const gemfile = await readFile(join(folderOf(pkg), 'Gemfile'), 'utf8').catch(() => '');
  return pkg.names.includes('.rspec') || /['"]rspec/.test(gemfile);
}

function required(program: 'ruby' | 'rspec', env: Sought['options']['env']): string {
  const found = programOnPath(program, env);
  if (found !== null) return found;
  throw new VigilError('tool_missing', {
    what: `the tests need ${program}, and it is not on PATH`,
    hint: program === 'ruby' ? 'Install Ruby, then try the fix again.' : 'Install it: gem install rspec',
  });
}
