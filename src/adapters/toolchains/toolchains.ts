import type { Project, TestFramework } from '../../domain/project.ts';
import type { Language } from '../../domain/trace.ts';
import type { Sandbox } from '../../ports/process.ts';
import type { Toolchain, Toolchains } from '../../ports/toolchain.ts';
import { confinedToolchain } from './confined-toolchain.ts';
import { goRunner } from './go/go-runner.ts';
import { installedFolders } from './installed-folders.ts';
import { javaRunner } from './java/java-runner.ts';
import { javascriptRunner } from './javascript/javascript-runner.ts';
import { findPackages, linkPackages } from './javascript/packages.ts';
import type { MachineDeps } from './machine.ts';
import { type Package, packagesAround } from './package.ts';
import { pythonRunner } from './python/python-runner.ts';
import { rubyRunner } from './ruby/ruby-runner.ts';
import type { Runner } from './runner.ts';

export interface ToolchainOptions extends MachineDeps {
  readonly sandbox: Sandbox;
  /** Node to fall back on. */
  readonly execPath: string;
  /** `fix.testCommand`; null to read the project's own script. */
  readonly testCommand: readonly string[] | null;
  /** `fix.downloads`: packages that are not on this machine may be downloaded. Absent: they may not. */
  readonly downloads?: boolean;
  /** Deadline of one run of the tests. */
  readonly timeoutMs: number;
}

/** What is looked for in one package. */
export interface Sought {
  readonly options: ToolchainOptions;
  /** The framework, where it is known for certain. */
  readonly framework: TestFramework | null;
}

interface Finder {
  readonly languages: readonly Language[];
  /** Extensions of its source files. */
  readonly sources: RegExp;
  /** Null where the package is of another language, or has no tests that it knows. */
  find(pkg: Package, sought: Sought): Promise<Runner | null>;
}

const FINDERS: readonly Finder[] = [
  { languages: ['javascript', 'typescript'], sources: /\.([cm]?[jt]sx?|vue)$/, find: javascriptRunner },
  { languages: ['python'], sources: /\.py$/, find: pythonRunner },
  { languages: ['go'], sources: /\.go$/, find: goRunner },
  { languages: ['java'], sources: /\.(java|kt)$/, find: javaRunner },
  { languages: ['ruby'], sources: /\.(rb|rake)$/, find: rubyRunner },
];

/**
 * Finds the test runner of the package that a suspect belongs to. Runners of the suspect's own language are looked for
 * first, in all folders from the suspect's up to the root; then any other, in the nearest folder that has one.
 */
export function toolchains(options: ToolchainOptions): Toolchains {
  return {
    async detect(workspace, suspect, project = null) {
      const inside = suspect ?? (project === null ? null : `${project.dir}/x`);
      const packages = await packagesAround(workspace, inside);
      const own = FINDERS.filter((finder) => isOf(finder, suspect, project));
      const sought = { options, framework: project?.tests?.certain === true ? project.tests.value : null };
      const runner =
        (await firstRunner(packages, own, sought)) ?? (await firstRunner(packages, FINDERS, sought));
      return runner === null ? null : toolchainOf(runner, options);
    },
  };
}

/** What is certain about the project goes before the suspect's extension. */
function isOf(finder: Finder, suspect: string | null, project: Project | null): boolean {
  if (project?.language.certain === true) return finder.languages.includes(project.language.value);
  return suspect !== null && finder.sources.test(suspect);
}

async function firstRunner(
  packages: readonly Package[],
  finders: readonly Finder[],
  sought: Sought,
): Promise<Runner | null> {
  for (const pkg of packages) {
    for (const finder of finders) {
      const runner = await finder.find(pkg, sought);
      if (runner !== null) return runner;
    }
  }
  return null;
}

async function toolchainOf(runner: Runner, options: ToolchainOptions): Promise<Toolchain> {
  const { workspace } = runner.package;
  const { downloads = false } = options;
  const isNode = runner.language === 'javascript' || runner.language === 'typescript';
  const packages = isNode ? await findPackages(runner.package, { ...options, downloads }) : [];
  const prepare = () => linkPackages(workspace, options.root, packages);
  await prepare();
  const readable = [...packages.map((one) => one.nodeModules), ...installedFolders(options.root)];
  return confinedToolchain(runner, { ...options, downloads, prepare, readable });
}
