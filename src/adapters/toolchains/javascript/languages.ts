import type { Language } from '../../../domain/trace.ts';
import type { Package } from '../package.ts';

/** TypeScript when the package says so, JavaScript else. */
export function languageOf(pkg: Package): Language {
  const { manifest, names } = pkg;
  const typed = names.some((name) => /^tsconfig.*\.json$/.test(name));
  return typed || manifest?.devDependencies['typescript'] !== undefined ? 'typescript' : 'javascript';
}
