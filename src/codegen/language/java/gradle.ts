import { type Package, textOf } from '../package.ts';
import { certain } from '../told.ts';
import type { Artifact, Build } from './build.ts';
import { type Catalogue, catalogueOf } from './gradle-catalogue.ts';

const SCRIPTS = ['build.gradle.kts', 'build.gradle'];

/** What a Gradle script declares, with what scripts around it hand to their subprojects. Read as text, never run. */
export async function gradleBuild(found: Package): Promise<Build> {
  const file = SCRIPTS.find(found.has) ?? 'settings.gradle';
  const outer = await Promise.all(found.around.flatMap((one) => SCRIPTS.map((name) => textOf(one, name))));
  const own = withoutHandedDown(await textOf(found, file));
  const text = withoutComments([own, ...outer.flatMap(handedDown)].join('\n'));
  const catalogue = await catalogueOf([found, ...found.around]);
  const plugins = [
    ...text.matchAll(/\bid\s*\(?\s*['"]([\w.-]+)['"]\s*\)?(?:\s*version\s*\(?\s*['"]([^'"]+)['"])?/g),
  ];
  const aliased = [...text.matchAll(/\balias\s*\(\s*libs\.plugins\.([\w.]+)\s*\)/g)].map(
    ([, alias = '']) => catalogue.plugins.get(alias) ?? '',
  );
  const boot = plugins.find(([, id]) => id === 'org.springframework.boot');
  return {
    tool: 'gradle',
    file,
    dependencies: dependenciesOf(text, catalogue),
    applied: [...plugins.map(([, id = '']) => id), ...aliased],
    javaVersion: javaVersionOf(text, file),
    engine: /\buseJUnitPlatform\b|\buseJUnitJupiter\b/.test(text)
      ? 'junit5'
      : /\buseJUnit\s*\(/.test(text)
        ? 'junit4'
        : null,
    bootVersion: boot?.[2] ?? null,
  };
}

function javaVersionOf(text: string, file: string): Build['javaVersion'] {
  const toolchain = /languageVersion\s*(?:=|\.set\()\s*JavaLanguageVersion\.of\(\s*['"]?(\d+)/.exec(
    text,
  )?.[1];
  if (toolchain !== undefined) return certain(toolchain, `${file}: toolchain`);
  const level = /sourceCompatibility\s*=\s*(?:JavaVersion\.VERSION_)?['"]?([\d._]+)/.exec(text)?.[1];
  return level === undefined ? null : certain(level.replace(/^1[_.]/, ''), `${file}: sourceCompatibility`);
}

const CONFIGURATIONS =
  /\b(?:implementation|api|compileOnly|runtimeOnly|developmentOnly|annotationProcessor|test\w+|androidTest\w+)\b\s*\(?\s*(?:platform\s*\(\s*|enforcedPlatform\s*\(\s*)?/g;

function dependenciesOf(text: string, catalogue: Catalogue): readonly Artifact[] {
  const found: Artifact[] = [];
  for (const match of text.matchAll(CONFIGURATIONS)) {
    const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 200);
    const [, group, name, version] = /^['"]([\w.-]+):([\w.-]+)(?::([^'"]+))?['"]/.exec(rest) ?? [];
    const alias = /^libs\.([\w.]+)/.exec(rest)?.[1];
    const kotlin = /^kotlin\(\s*["']([\w-]+)["']/.exec(rest)?.[1];
    if (group !== undefined) found.push({ id: `${group}:${name}`, version: version ?? null });
    else if (alias !== undefined)
      found.push(...(catalogue.libraries.get(alias.replace(/^bundles\./, '')) ?? []));
    else if (kotlin !== undefined) found.push({ id: `org.jetbrains.kotlin:kotlin-${kotlin}`, version: null });
  }
  return found;
}

/** Insides of `subprojects { ... }` and `allprojects { ... }`: what a script sets up for those below it. */
function handedDown(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:subprojects|allprojects)\s*\{/g)].map((match) =>
    text.slice(match.index, blockEnd(text, match.index)),
  );
}

function withoutHandedDown(text: string): string {
  const start = /\bsubprojects\s*\{/.exec(text)?.index;
  return start === undefined
    ? text
    : text.slice(0, start) + withoutHandedDown(text.slice(blockEnd(text, start)));
}

/** Behind the brace that closes the first one after `from`. */
function blockEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = text.indexOf('{', from); at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
}
