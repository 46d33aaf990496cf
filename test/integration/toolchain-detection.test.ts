import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/adapters/process/run.ts';
import { unconfined } from '../../src/adapters/sandbox/unconfined.ts';
import { toolchains } from '../../src/adapters/toolchains/toolchains.ts';
import type { Project, TestFramework } from '../../src/domain/project.ts';
import type { Language } from '../../src/domain/trace.ts';
import { type Files, newWorld, writeFiles } from '../support/fix-world.ts';

let world: ReturnType<typeof newWorld>;
let tree: string;
let bin: string;
beforeEach(() => {
  world = newWorld();
  tree = join(world.folder, 'tree');
  bin = join(world.folder, 'bin');
});
afterEach(() => world.remove());

/** Detection looks only whether programs are there. */
function install(...programs: readonly string[]): void {
  for (const name of programs) {
    writeFiles(bin, { [name]: '' });
    chmodSync(join(bin, name), 0o755);
  }
}

function detect(files: Files, suspect: string | null, project: Project | null = null) {
  writeFiles(tree, files);
  const env = { PATH: bin, HOME: join(world.folder, 'home') };
  const options = {
    root: join(world.folder, 'repo'),
    run,
    env,
    sandbox: unconfined(),
    execPath: process.execPath,
  };
  return toolchains({ ...options, testCommand: null, timeoutMs: 1_000 }).detect(tree, suspect, project);
}

const NODE: Files = { 'package.json': JSON.stringify({ scripts: { test: 'vitest run' } }) };
const POM = '<project><artifactId>x</artifactId></project>';

describe('the toolchain of a suspect', () => {
  it("is of the suspect's own language, in whatever folder above it the manifest stands", async () => {
    install('go', 'mvn', 'java', 'gradle', 'ruby', 'rspec');
    const files: Files = {
      ...NODE,
      'go.mod': 'module example.com/shop\n',
      'tools/package.json': JSON.stringify({ scripts: { test: 'mocha' } }),
      'jvm/pom.xml': POM,
      'android/build.gradle.kts': 'useJUnitPlatform()',
      'gem/Gemfile': '',
      'gem/spec/shop_spec.rb': '',
      'site/Rakefile': '',
      'site/test/shop_test.rb': '',
    };
    const name = async (suspect: string) => (await detect(files, suspect))?.name;
    expect(await name('tools/cmd/main.go')).toBe('go test');
    expect(await name('tools/cmd/main.js')).toBe('mocha');
    expect(await name('src/app.ts')).toBe('vitest');
    expect(await name('jvm/src/main/java/A.java')).toBe('maven');
    expect(await name('android/src/main/kotlin/A.kt')).toBe('gradle (unproven)');
    expect(await name('gem/lib/shop.rb')).toBe('rspec');
    expect(await name('site/lib/shop.rb')).toBe('minitest');
    expect(await name('README.md')).toBe('vitest');
  });

  it('of a module of a Maven build is the whole build', async () => {
    install('mvn', 'java');
    const modules = {
      'pom.xml': `${POM}<modules><module>cart</module></modules>`,
      'cart/pom.xml': POM,
      'demo/pom.xml': POM,
    };
    const ofCart = await detect(modules, 'cart/src/main/java/A.java');
    expect(ofCart?.isTest('other/src/test/java/ATest.java')).toBe(true);
    const ofDemo = await detect(modules, 'demo/src/main/java/A.java');
    expect(ofDemo?.isTest('other/src/test/java/ATest.java')).toBe(false);
  });

  it('is what is certain about the project, and never what is only guessed', async () => {
    const project = (tests: TestFramework, certain: boolean): Project => ({
      dir: '',
      language: { value: 'javascript' satisfies Language, certain, because: 'x' },
      languageVersion: null,
      frameworks: [],
      packageManager: null,
      buildTool: null,
      tests: { value: tests, certain, because: 'x' },
    });
    expect((await detect(NODE, null, project('mocha', true)))?.name).toBe('mocha');
    expect((await detect(NODE, null, project('mocha', false)))?.name).toBe('vitest');
  });

  it('that is not installed is named, with what to do', async () => {
    const wanted: readonly (readonly [Files, suspect: string])[] = [
      [{ 'go.mod': '' }, 'a.go'],
      [{ 'pom.xml': POM }, 'A.java'],
      [{ Gemfile: '' }, 'a.rb'],
    ];
    for (const [files, suspect] of wanted)
      await expect(detect(files, suspect)).rejects.toMatchObject({ code: 'tool_missing' });
  });

  it('is none where there are no tests of a known kind', async () => {
    expect(await detect({ 'Cargo.toml': '' }, 'src/main.rs')).toBeNull();
  });
});
