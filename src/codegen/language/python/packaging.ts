import type { PackageManager, Told } from '../../../domain/project.ts';
import type { Package } from '../package.ts';
import { agreed, certain, guessed } from '../told.ts';
import type { Requirements } from './requirements.ts';

const LOCKS: readonly (readonly [PackageManager, string])[] = [
  ['poetry', 'poetry.lock'],
  ['uv', 'uv.lock'],
  ['pdm', 'pdm.lock'],
  ['pipenv', 'Pipfile.lock'],
  ['pipenv', 'Pipfile'],
];

/** Lockfiles first, also those of a workspace around it; then what pyproject.toml is written for; then pip. */
export function packageManagerOf(found: Package, required: Requirements): Told<PackageManager> | null {
  if (!found.hasManifest) return null;
  const locks = agreed(
    LOCKS.filter(([, name]) => found.has(name)).map(([value, name]) => certain(value, name)),
  );
  if (locks !== null) return locks;
  if (required.pyproject.tools.has('poetry')) return certain('poetry', 'pyproject.toml: tool.poetry');
  const outer = found.around.flatMap((one) => LOCKS.filter(([, name]) => one.has(name)))[0];
  if (outer !== undefined) return guessed(outer[0], `${outer[1]} of a folder around it`);
  const tool = (['uv', 'pdm'] as const).find((name) => required.pyproject.tools.has(name));
  if (tool !== undefined) return guessed(tool, `pyproject.toml: tool.${tool}`);
  const list = found.names.find((name) => /^requirements.*\.txt$/.test(name));
  return list === undefined ? guessed('pip', 'no lockfile') : certain('pip', list);
}

const BACKENDS: readonly (readonly [RegExp, string])[] = [
  [/^setuptools/, 'setuptools'],
  [/^hatchling/, 'hatchling'],
  [/^poetry/, 'poetry'],
  [/^flit/, 'flit'],
  [/^pdm/, 'pdm-backend'],
  [/^maturin/, 'maturin'],
  [/^uv_build/, 'uv_build'],
  [/^mesonpy/, 'meson-python'],
  [/^scikit_build/, 'scikit-build-core'],
];

export function buildToolOf(found: Package, required: Requirements): Told<string> | null {
  const { buildBackend, hasProject } = required.pyproject;
  if (buildBackend !== null) {
    const known = BACKENDS.find(([pattern]) => pattern.test(buildBackend))?.[1];
    return certain(known ?? buildBackend, 'pyproject.toml: build-backend');
  }
  if (found.has('setup.py')) return certain('setuptools', 'setup.py');
  return hasProject ? guessed('setuptools', 'the default of pyproject.toml') : null;
}
