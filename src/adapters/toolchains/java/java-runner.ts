import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { VigilError } from '../../../domain/errors.ts';
import type { TestFramework } from '../../../domain/project.ts';
import { type MachineDeps, programOnPath } from '../machine.ts';
import { folderOf, type Package, packageAt } from '../package.ts';
import type { Runner } from '../runner.ts';
import type { Sought } from '../toolchains.ts';
import { gradle } from './gradle.ts';
import { findJacoco } from './jacoco.ts';
import { maven } from './maven.ts';

/** Where Debian's packages put what Maven would download. */
const DEBIAN_REPOSITORY = '/usr/share/maven-repo';

/** Maven where there is a `pom.xml`, else Gradle. */
export async function javaRunner(pkg: Package, { options, framework }: Sought): Promise<Runner | null> {
  if (pkg.names.includes('pom.xml')) return mavenRunner(await wholeBuild(pkg), framework, options);
  const build = pkg.names.find((name) => /^build\.gradle(\.kts)?$/.test(name));
  return build === undefined
    ? null
    : gradleRunner(pkg, framework ?? frameworkIn(await textOf(pkg, build)), options);
}

async function mavenRunner(
  pkg: Package,
  framework: TestFramework | null,
  deps: MachineDeps,
): Promise<Runner> {
  const { env } = deps;
  const repositories = [join(env['HOME'] ?? '/', '.m2', 'repository'), DEBIAN_REPOSITORY].filter((folder) =>
    existsSync(folder),
  );
  return maven(pkg, framework ?? frameworkIn(await textOf(pkg, 'pom.xml')), {
    mvn: required('mvn', 'Maven', env),
    java: required('java', 'a JDK', env),
    javaHome: env['JAVA_HOME'] ?? null,
    repositories,
    jacoco: await findJacoco(repositories, `${pkg.workspace}.cache`, deps),
  });
}

/** The build that this module is part of: a module is built with those that it needs. */
async function wholeBuild(pkg: Package): Promise<Package> {
  if (pkg.dir === '') return pkg;
  const parent = await packageAt(pkg.workspace, dirname(pkg.dir) === '.' ? '' : dirname(pkg.dir));
  const pom = parent?.names.includes('pom.xml') === true ? await textOf(parent, 'pom.xml') : '';
  const isModule = pom.includes(`<module>${posix.basename(pkg.dir)}</module>`);
  return parent !== null && isModule ? wholeBuild(parent) : pkg;
}

async function gradleRunner(
  pkg: Package,
  framework: TestFramework | null,
  { env }: MachineDeps,
): Promise<Runner> {
  const caches = join(env['GRADLE_USER_HOME'] ?? join(env['HOME'] ?? '/', '.gradle'), 'caches');
  return gradle(pkg, framework, required('gradle', 'Gradle', env), caches);
}

function frameworkIn(build: string): TestFramework | null {
  if (/junit-jupiter|junit-bom|useJUnitPlatform|spring-boot-starter-test/.test(build)) return 'junit5';
  return /<artifactId>junit<|junit:junit/.test(build) ? 'junit4' : null;
}

function textOf(pkg: Package, file: string): Promise<string> {
  return readFile(join(folderOf(pkg), file), 'utf8').catch(() => '');
}

function required(program: string, called: string, env: MachineDeps['env']): string {
  const found = programOnPath(program, env);
  if (found !== null) return found;
  throw new VigilError('tool_missing', {
    what: `the tests need ${called}, and there is no \`${program}\` on PATH`,
    hint: `Install ${called}, then try the fix again.`,
  });
}
