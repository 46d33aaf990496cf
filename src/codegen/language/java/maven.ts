import type { Package } from '../package.ts';
import { certain } from '../told.ts';
import type { Artifact, Build } from './build.ts';
import { all, type Element, readXml, textAt } from './xml.ts';

/** What a pom declares, with what it takes over from the poms around it, as far as each names a parent. */
export async function mavenBuild(found: Package): Promise<Build> {
  const around = await Promise.all([found, ...found.around.filter((one) => one.has('pom.xml'))].map(pomOf));
  const orphan = around.findIndex((pom) => all(pom, 'project', 'parent').length === 0);
  const poms = orphan === -1 ? around : around.slice(0, orphan + 1);
  const [own = readXml('')] = poms;
  const properties = propertiesOf(poms);
  const version = [
    'maven.compiler.release',
    'java.version',
    'maven.compiler.source',
    'maven.compiler.target',
  ].find((name) => properties.has(name));
  const applied = poms.flatMap((pom) => [
    ...all(pom, 'project', 'parent').map((one) => artifactOf(one, properties)),
    ...all(pom, 'project', 'build', 'plugins', 'plugin').map((one) => artifactOf(one, properties)),
  ]);
  return {
    tool: 'maven',
    file: 'pom.xml',
    dependencies: poms.flatMap((pom) =>
      all(pom, 'project', 'dependencies', 'dependency').map((one) => artifactOf(one, properties)),
    ),
    applied: applied.map((one) => one.id),
    javaVersion:
      version === undefined
        ? compilerRelease(own, properties)
        : certain(properties.get(version) ?? '', `pom.xml: ${version}`),
    engine: null,
    bootVersion: applied.find((one) => one.id.startsWith('org.springframework.boot:'))?.version ?? null,
  };
}

async function pomOf(found: Package): Promise<Element> {
  return readXml((await found.read('pom.xml')) ?? '');
}

/** Those of the inner pom win. */
function propertiesOf(poms: readonly Element[]): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const pom of poms.toReversed()) {
    for (const table of all(pom, 'project', 'properties'))
      for (const { name, text } of table.children) properties.set(name, text);
  }
  return new Map([...properties].map(([name, text]) => [name, resolve(text, properties)]));
}

function resolve(text: string, properties: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\{([^}]+)\}/g, (all, name: string) => properties.get(name) ?? all);
}

function artifactOf(element: Element, properties: ReadonlyMap<string, string>): Artifact {
  const group = textAt(element, 'groupId') ?? 'org.apache.maven.plugins';
  const version = textAt(element, 'version');
  return {
    id: `${group}:${textAt(element, 'artifactId') ?? ''}`,
    version: version === null ? null : resolve(version, properties),
  };
}

function compilerRelease(pom: Element, properties: ReadonlyMap<string, string>): Build['javaVersion'] {
  for (const plugin of all(pom, 'project', 'build', 'plugins', 'plugin')) {
    if (textAt(plugin, 'artifactId') !== 'maven-compiler-plugin') continue;
    const said = textAt(plugin, 'configuration', 'release') ?? textAt(plugin, 'configuration', 'source');
    if (said !== null) return certain(resolve(said, properties), 'pom.xml: maven-compiler-plugin');
  }
  return null;
}
