import type { Framework, Project, TestFramework, Told } from '../../../domain/project.ts';
import { nameOf } from '../layout.ts';
import { type Ecosystem, type Package, sampleOf } from '../package.ts';
import { agreed, certain, guessed } from '../told.ts';
import type { Build } from './build.ts';
import { gradleBuild } from './gradle.ts';
import { mavenBuild } from './maven.ts';

/** Java by Maven or Gradle. Other languages of the JVM are not ours, so a package without Java is a guess. */
export const java: Ecosystem = {
  isManifest: (file) => /^(pom\.xml|(build|settings)\.gradle(\.kts)?)$/.test(nameOf(file)),
  isSource: (file) => file.endsWith('.java'),
  isTest: (file) =>
    file.endsWith('.java') && /(^|\/)(test|integrationTest|it)\/|(Test|Tests|IT)\.java$/.test(file),
  describe,
};

async function describe(found: Package): Promise<Project> {
  const build = await buildOf(found);
  const files = found.sources.length + found.tests.length;
  return {
    dir: found.dir,
    language:
      files > 0
        ? certain('java', `${files} Java sources`)
        : guessed('java', `${build?.file ?? 'a manifest'}, but no Java sources`),
    languageVersion: build?.javaVersion ?? null,
    frameworks: frameworksOf(build, await sampleOf(found, found.sources)),
    packageManager: toolOf(found, build),
    buildTool: toolOf(found, build),
    tests: await testsOf(found, build),
  };
}

async function buildOf(found: Package): Promise<Build | null> {
  if (!found.hasManifest) return null;
  return found.has('pom.xml') ? mavenBuild(found) : gradleBuild(found);
}

/** Some projects can be built by both. */
function toolOf(found: Package, build: Build | null): Told<'maven' | 'gradle'> | null {
  if (build === null) return null;
  const other = found.names.find((name) => name.startsWith('build.gradle'));
  if (build.tool === 'maven' && other !== undefined) return guessed('maven', `pom.xml; but ${other}`);
  return certain(build.tool, build.file);
}

const FRAMEWORKS: readonly (readonly [Framework, group: RegExp, plugin: RegExp, source: RegExp])[] = [
  [
    'spring-boot',
    /^org\.springframework\.boot:/,
    /^org\.springframework\.boot/,
    /@SpringBootApplication\b|org\.springframework\.boot\./,
  ],
  ['micronaut', /^io\.micronaut(\.[\w.]+)?:/, /^io\.micronaut/, /\bio\.micronaut\./],
];

function frameworksOf(build: Build | null, sources: readonly string[]): readonly Told<Framework>[] {
  return FRAMEWORKS.flatMap(([framework, group, plugin, source]) => {
    const dependency = build?.dependencies.find((one) => group.test(one.id));
    if (dependency !== undefined) return [certain(framework, `${build?.file}: ${dependency.id}`)];
    const applied = build?.applied.find((one) => plugin.test(one));
    const imported = sources.some((text) => source.test(text));
    if (imported) return [certain(framework, 'imported by sources')];
    return applied === undefined ? [] : [guessed(framework, `${build?.file}: ${applied}`)];
  });
}

/** What tests import is what they are; without tests, what the build declares. */
async function testsOf(found: Package, build: Build | null): Promise<Told<TestFramework> | null> {
  const texts = await sampleOf(found, found.tests);
  const uses = (pattern: RegExp) => texts.some((text) => pattern.test(text));
  const imported: Told<TestFramework>[] = [];
  if (uses(/^\s*import\s+(static\s+)?org\.junit\.jupiter\./m))
    imported.push(certain('junit5', 'tests import org.junit.jupiter'));
  if (uses(/^\s*import\s+(static\s+)?org\.junit\.(?!jupiter|platform)/m))
    imported.push(certain('junit4', 'tests import org.junit'));
  return agreed(imported) ?? (build === null ? null : declaredTests(build));
}

function declaredTests(build: Build): Told<TestFramework> | null {
  const { dependencies, engine, file } = build;
  const evidence: Told<TestFramework>[] = dependencies.flatMap(({ id }): readonly Told<TestFramework>[] => {
    if (/^org\.junit\.jupiter:|:[\w-]*junit5$|^org\.junit:junit-bom$/.test(id))
      return [certain('junit5', `${file}: ${id}`)];
    if (id === 'junit:junit' || id === 'junit:junit-dep') return [certain('junit4', `${file}: ${id}`)];
    return [];
  });
  if (engine !== null && evidence.length === 0) return certain(engine, `${file}: its test task`);
  const told = agreed(evidence);
  const starter = dependencies.find(({ id }) => id === 'org.springframework.boot:spring-boot-starter-test');
  if (told !== null || starter === undefined) return told;
  return isOldBoot(build.bootVersion)
    ? guessed('junit4', `${file}: spring-boot-starter-test of Spring Boot ${build.bootVersion}`)
    : build.bootVersion === null
      ? guessed('junit5', `${file}: spring-boot-starter-test`)
      : certain('junit5', `${file}: spring-boot-starter-test of Spring Boot ${build.bootVersion}`);
}

/** Before 2.2 the starter brought JUnit 4, before 2.4 both. */
function isOldBoot(version: string | null): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  return major !== undefined && (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 4));
}
