import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Ended } from '../../../ports/process.ts';
import { type MachineDeps, programOnPath } from '../machine.ts';
import type { Package } from '../package.ts';
import type { Missing } from '../runner.ts';

/** How Ruby programs of a package are started, and with which gems. */
export interface Gems {
  /** `bundle exec`, or nothing where the package has no lockfile. */
  readonly exec: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Folders of gems, absolute. */
  readonly readable: readonly string[];
}

/** The gems of the checkout: those of its bundle, and those that the user has installed. Only read. */
export function gemsOf(pkg: Package, { root, env }: MachineDeps): Gems {
  const bundle = pkg.names.includes('Gemfile.lock') ? programOnPath('bundle', env) : null;
  const settings = bundle === null ? {} : bundleSettings(join(root, pkg.dir));
  const own = userGems(env);
  // The colon at the end keeps Ruby's own folders in the list.
  const path = own.length === 0 ? {} : { GEM_PATH: `${own.join(':')}:` };
  const bundled = settings['BUNDLE_PATH'];
  return {
    exec: bundle === null ? [] : [bundle, 'exec'],
    env: bundle === null ? path : { ...path, ...settings, BUNDLE_FROZEN: 'true' },
    readable: [...own, ...(bundled === undefined ? [] : [bundled])],
  };
}

const SETTING = /^(BUNDLE_(?:PATH|WITHOUT|WITH)): "([^"]*)"$/gm;

/** What `bundle config` has written into the checkout, without its credentials. */
function bundleSettings(folder: string): Readonly<Record<string, string>> {
  const file = join(folder, '.bundle', 'config');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(SETTING))
    found[name] = name === 'BUNDLE_PATH' ? resolve(folder, value) : value;
  const vendored = join(folder, 'vendor', 'bundle');
  return found['BUNDLE_PATH'] === undefined && existsSync(vendored)
    ? { ...found, BUNDLE_PATH: vendored }
    : found;
}

/** Folders of `gem install --user-install`, and of a GEM_HOME. */
function userGems(env: MachineDeps['env']): readonly string[] {
  const home = env['HOME'] ?? '/';
  const named = [env['GEM_HOME'], ...(env['GEM_PATH'] ?? '').split(':')];
  const usual = [join(home, '.local', 'share', 'gem', 'ruby'), join(home, '.gem', 'ruby')].flatMap(
    versionsIn,
  );
  return [...named, ...usual].filter(
    (folder): folder is string => Boolean(folder) && existsSync(folder ?? ''),
  );
}

export function missingGems({ stdout, stderr }: Ended): Missing | null {
  const said = stdout + stderr;
  if (/Could not find .* in (locally installed gems|any of the sources)|Bundler::GemNotFound/.test(said))
    return {
      what: 'gems that the tests need are not installed',
      hint: 'Run `bundle install` in a checkout of that commit, then try the fix again.',
    };
  const gem = /cannot load such file -- (minitest|rspec)\b/.exec(said)?.[1];
  return gem === undefined
    ? null
    : { what: `the tests need the gem ${gem}`, hint: `Run \`gem install ${gem}\`, then try the fix again.` };
}

function versionsIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map((version) => join(folder, version)) : [];
}
