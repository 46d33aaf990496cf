import type { Project } from '../../domain/project.ts';
import type { Language } from '../../domain/trace.ts';
import { isWithin } from './layout.ts';

/** Languages that live in one kind of package. */
const FAMILIES: readonly { readonly files: RegExp; readonly languages: readonly Language[] }[] = [
  { files: /\.([cm]?[jt]s|[jt]sx|vue|svelte)$/, languages: ['javascript', 'typescript'] },
  { files: /\.pyi?$/, languages: ['python'] },
  { files: /\.go$/, languages: ['go'] },
  { files: /\.(java|kt|kts|groovy|scala)$/, languages: ['java'] },
  { files: /\.(rb|rake|ru|erb)$|(^|\/)(Rakefile|Gemfile)$/, languages: ['ruby'] },
];

/**
 * The project that a file belongs to: the deepest folder around it, and where a folder holds several, the one of the
 * file's own language. Null when no project of its language is around it.
 */
export function projectOf(projects: readonly Project[], file: string): Project | null {
  const family = FAMILIES.find((one) => one.files.test(file));
  const around = projects.filter(
    (project) =>
      isWithin(file, project.dir) &&
      (family === undefined || family.languages.includes(project.language.value)),
  );
  return around.toSorted((a, b) => b.dir.length - a.dir.length || weight(b) - weight(a))[0] ?? null;
}

/** Between projects of one folder, for a file that is no code: what is sure, and can be tested. */
function weight(project: Project): number {
  return Number(project.language.certain) * 2 + Number(project.tests !== null);
}
