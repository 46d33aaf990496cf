// A registry that lags behind for other platforms makes npm write a lockfile without their optional binaries, and `npm ci`
// then refuses it everywhere. This adds the missing entries: name, version and platform, all read from the parent's own
// `optionalDependencies`. They are never fetched on another platform, and fetched by version on their own.
//   npm i --package-lock-only --ignore-scripts && node .ci/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const OS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openharmony',
  'win32',
  'windows',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
];
const CPU = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'arm'];

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const has = (parent, name) =>
  lock.packages[`node_modules/${name}`] !== undefined ||
  lock.packages[`${parent}/node_modules/${name}`] !== undefined;

let added = 0;
for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const os = OS.find((word) => name.includes(word));
    const cpu = CPU.find((word) => name.includes(word));
    if (parent === '' || os === undefined || has(parent, name)) continue;
    if (!/^\d/.test(version)) throw new Error(`${name} of ${parent} is not pinned: ${version}`);
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu === undefined ? {} : { cpu: [cpu] }),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      os: [os === 'windows' ? 'win32' : os],
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} entries added`);
