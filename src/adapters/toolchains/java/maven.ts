import { join } from 'node:path';
import type { TestFramework } from '../../../domain/project.ts';
import type { TestRequest } from '../../../ports/toolchain.ts';
import { folderOf, type Package } from '../package.ts';
import { jacocoHits } from '../reports/jacoco.ts';
import { fileCoverage } from '../reports/line-hits.ts';
import { readReport } from '../reports/read-report.ts';
import { PLAIN, type Places, type Runner, type RunnerCommand } from '../runner.ts';
import { compileErrors } from './compile-errors.ts';
import type { Jacoco } from './jacoco.ts';
import { JACOCO_XML } from './jacoco-xml.ts';
import { mavenSettings } from './maven-settings.ts';
import { classOf, selected } from './selected.ts';
import { readSources } from './sources.ts';
import { reportedTests } from './test-reports.ts';

/** What of this machine a Maven build uses. */
export interface MavenMachine {
  readonly mvn: string;
  readonly java: string;
  readonly javaHome: string | null;
  /** Repositories of Maven's layout, absolute, only read. */
  readonly repositories: readonly string[];
  /** Null where there is none: then coverage is null too. */
  readonly jacoco: Jacoco | null;
}

/** Maven with JUnit 4 or 5: its own local repository, filled from the folders of this machine. */
export function maven(pkg: Package, framework: TestFramework | null, machine: MavenMachine): Runner {
  const folder = folderOf(pkg);
  return {
    ...PLAIN,
    name: 'maven',
    language: 'java',
    framework,
    package: pkg,
    programs: { 'settings.xml': mavenSettings(machine.repositories), 'JacocoXml.java': JACOCO_XML },
    stale: ['**/target/surefire-reports'],
    readable: machine.repositories,
    isTest: (path) => /(^|\/)src\/test\/.*(Test[^/]*|[^/]*(Test|Tests|TestCase))\.(java|kt)$/.test(path),
    commands(request, at) {
      const argv = [machine.mvn, ...options(at), ...chosen(request), 'test'] as const;
      const tests = { argv, env: environment(machine, at, request.coverage) };
      return request.coverage && machine.jacoco !== null
        ? [tests, conversion(machine.jacoco, machine.java, at)]
        : [tests];
    },
    async read({ coverage }, at, ended) {
      const sources = readSources(folder);
      const tests = await reportedTests(folder, '**/target/surefire-reports/TEST-*.xml', sources);
      const results = [...tests, ...compileErrors(ended.stdout, folder)];
      const hits = coverage ? jacocoHits(await readReport(join(at.scratch, 'jacoco.xml'))) : null;
      if (hits === null) return { results, coverage: null };
      const placed = [...hits].flatMap(([path, lines]) => {
        const file = sources.mainFile(path);
        return file === null ? [] : [[file, lines] as const];
      });
      return { results, coverage: fileCoverage(new Map(placed), folder) };
    },
    foundNone: (ended) => ended.code === 0,
    missing: ({ stdout }) =>
      /Could not (resolve|find artifact)|could not be resolved|No plugin found|not resolvable/i.test(stdout)
        ? {
            what: 'plugins or libraries that the build needs are not on this machine',
            hint: 'Run `mvn test` once in a checkout of that commit, then try the fix again.',
          }
        : null,
    said: ({ stdout, stderr }) =>
      `${stdout}\n${stderr}`.replace(/^Picked up JAVA_TOOL_OPTIONS.*$/gm, '').trim(),
    rerun(files) {
      const where = pkg.dir === '' ? [] : ['-f', pkg.dir];
      return ['mvn', ...where, 'test', `-Dtest=${files.map(classOf).join(',')}`];
    },
  };
}

/** A failing module does not keep the others from being tested; what failed, the results say. */
function options(at: Places): readonly string[] {
  const quiet = ['-B', '-q', '-Dstyle.color=never', '-DtrimStackTrace=false'];
  const own = ['-s', join(at.scratch, 'settings.xml'), `-Dmaven.repo.local=${join(at.cache, 'm2')}`];
  return [...quiet, ...own, '-fae', '-Dmaven.test.failure.ignore=true'];
}

/** The classes of the files, in their modules and what those need. */
function chosen(request: TestRequest): readonly string[] {
  if (request.files.length === 0) return [];
  const modules = new Set(request.files.map((file) => file.replace(/(^|\/)src\/test\/.*$/, '')));
  modules.delete('');
  const where = modules.size === 0 ? [] : ['-pl', [...modules].join(','), '-am'];
  const lenient = ['-DfailIfNoTests=false', '-Dsurefire.failIfNoSpecifiedTests=false'];
  return [...where, ...lenient, `-Dtest=${selected(request, '#').join(',')}`];
}

function environment(machine: MavenMachine, at: Places, coverage: boolean): Readonly<Record<string, string>> {
  const agent = coverage && machine.jacoco !== null ? [agentOption(machine.jacoco, at)] : [];
  const home = machine.javaHome === null ? {} : { JAVA_HOME: machine.javaHome };
  return {
    ...home,
    // A build is short: a JVM that optimises less takes half of the time.
    MAVEN_OPTS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
    JAVA_TOOL_OPTIONS: [`-Duser.home=${join(at.scratch, 'home')}`, ...agent].join(' '),
  };
}

/** In every JVM of the run, whatever `argLine` the pom sets; Maven's own classes are left alone. */
function agentOption({ agent }: Jacoco, at: Places): string {
  const loaders = 'exclclassloader=org.codehaus.plexus.classworlds.realm.ClassRealm';
  return `-javaagent:${agent}=destfile=${countsIn(at)},${loaders}`;
}

function conversion({ classpath }: Jacoco, java: string, at: Places): RunnerCommand {
  const program = join(at.scratch, 'JacocoXml.java');
  const argv = [
    java,
    '-cp',
    classpath.join(':'),
    program,
    countsIn(at),
    join(at.scratch, 'jacoco.xml'),
    '.',
  ] as const;
  return { argv, env: {} };
}

function countsIn(at: Places): string {
  return join(at.scratch, 'jacoco.exec');
}
