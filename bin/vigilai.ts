#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';

/** The door. Nothing heavy is imported here, and nothing that an old Node cannot read. */
const [wordOne] = process.argv.slice(2);

if (isTooOld(process.versions.node)) {
  process.stderr.write(
    `vigilai: it needs Node 22.22 or newer, and this is ${process.versions.node}\n` +
      'next: install a newer one from https://nodejs.org, or inside a project: npm i -D node@24\n',
  );
  process.exitCode = 3;
} else if (wordOne === '--version' || wordOne === '-V') {
  process.stdout.write(`${ownVersion()}\n`);
} else {
  module.enableCompileCache();
  const { main } = await import('./main.ts');
  await main(ownVersion());
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 22 || (major === 22 && minor < 22);
}

/** package.json is one folder up in the sources and two folders up in `dist`. */
function ownVersion(): string {
  const near = new URL('../package.json', import.meta.url);
  const file = existsSync(near) ? near : new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
