import { detectProjects } from '../../codegen/language/detect-projects.ts';
import { VigilError } from '../../domain/errors.ts';
import type { Project, Told } from '../../domain/project.ts';
import type { Finding } from '../../ports/house.ts';
import type { Context } from '../context.ts';

/** One line a package of the repository; none outside of one. What is only guessed carries a question mark. */
export async function projectFindings(context: Context, root: string): Promise<readonly Finding[]> {
  try {
    const repository = await (await context.house()).repositoryAt(root);
    return (await detectProjects(repository)).map(findingOf);
  } catch (error) {
    if (error instanceof VigilError && ['no_repository', 'tool_missing'].includes(error.code)) return [];
    throw error;
  }
}

function findingOf(project: Project): Finding {
  const { dir, language, languageVersion, frameworks, packageManager, buildTool, tests } = project;
  const version = languageVersion === null ? '' : ` (${said(languageVersion)})`;
  const others = [...frameworks, packageManager, buildTool].filter((told) => told !== null).map(said);
  const runner = tests === null ? 'no known test runner' : `tests: ${said(tests)}`;
  const parts = [...new Set([`${said(language)}${version}`, ...others, runner])];
  return { name: `package ${dir === '' ? '.' : dir}`, state: 'ok', detail: parts.join(', '), next: null };
}

function said({ value, certain }: Told<string>): string {
  return certain ? value : `${value}?`;
}
