import type { Language } from '../../domain/trace.ts';
import type { Project } from './project.ts';

/** TypeScript when the package says so, JavaScript else. */
export function languageOf(project: Project): Language {
  const { manifest, names } = project;
  const typed = names.some((name) => /^tsconfig.*\.json$/.test(name));
  return typed || manifest?.devDependencies['typescript'] !== undefined ? 'typescript' : 'javascript';
}
