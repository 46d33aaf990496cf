import commander from '../packages/commander/index.js';
import minimist from '../packages/minimist/index.js';
import semver from '../packages/semver/index.js';
import yargsParser from '../packages/yargs-parser/build/lib/index.js';
import { task } from './journal.mjs';

const VERSIONS = [
  '1.2.3',
  '2.0.0-rc.1',
  '1.10.0',
  '2.0.0-rc.1+b5',
  '2.0.0',
  '0.9.9',
  '1.2.3-alpha.10',
  '1.2.3-alpha.9',
];

task('releases cannot be ordered', (log) => {
  log.compare('order of releases changed', [
    semver.sort([...VERSIONS]),
    semver.rcompare('1.0.0', '1.0.1'),
    semver.compareBuild('1.0.0+2', '1.0.0+10'),
  ]);
  log.compare(
    'next releases are others',
    ['major', 'minor', 'patch', 'premajor', 'prerelease'].map((kind) =>
      semver.inc('1.2.9-beta.3', kind, 'beta'),
    ),
  );
  log.compare('kind of a change is another one', [
    semver.diff('1.2.3', '1.3.0-a'),
    semver.diff('1.0.0', '1.0.1'),
    semver.prerelease('1.0.0-a.b.3'),
    semver.coerce('v3.14-x')?.version,
  ]);
  log.compare(
    'refused versions differ',
    ['1.2', 'v1.2.3', '01.2.3', '1.2.3-', '=1.0.0', '1.2.3.4'].map((text) => semver.valid(text)),
  );
});

task('allowed releases cannot be told', (log) => {
  const ranges = ['^1.2.3', '~1.2', '>=1.2.0 <1.10.1 || 2.x', '1.2.3 - 1.9', '*', '>1.2.3-alpha.9', '^0.9'];
  log.compare(
    'releases within a range changed',
    ranges.map((range) =>
      VERSIONS.filter((one) => semver.satisfies(one, range, { includePrerelease: range === '*' })),
    ),
  );
  log.compare('best releases changed', [
    semver.maxSatisfying(VERSIONS, '^1'),
    semver.minSatisfying(VERSIONS, '>1.2.3'),
    semver.minVersion('>1.2 <2')?.version,
    semver.validRange('1.x || >=2.5.0 || 5.0.0 - 7.2.3'),
  ]);
  log.compare('ranges overlap otherwise', [
    semver.intersects('^1.2', '<1.2.5'),
    semver.subset('^1.2.3', '>=1'),
    semver.outside('3.0.0', '^2', '>'),
    semver.gtr('2.0.0', '~1.5'),
    semver.simplifyRange(VERSIONS, '>=1.2.3'),
  ]);
});

task('release command was refused', async (log) => {
  const told = [];
  const program = new commander.Command('release')
    .exitOverride()
    .configureOutput({ writeOut: (text) => told.push(text), writeErr: (text) => told.push(text) });
  program
    .version('1.4.0')
    .description('publishes things')
    .option('-t, --tag <name>', 'dist tag', 'latest')
    .option('--no-sign', 'leave it unsigned')
    .option('-l, --limit <n>', 'how many', Number.parseInt);
  program
    .command('push <folder> [more...]')
    .alias('p')
    .option('-f, --force')
    .addOption(new commander.Option('--mode <m>').choices(['fast', 'safe']).default('safe'))
    .action((folder, more, options) => told.push([folder, more, options]));
  await program.parseAsync([
    'node',
    'release',
    '-t',
    'next',
    '--no-sign',
    'push',
    'a',
    'b',
    'c',
    '-f',
    '--mode=fast',
  ]);
  log.compare('release command understood something else', [told, program.opts()]);
  log.compare('help of the release command reads otherwise', program.helpInformation());
  for (const wrong of [
    ['pusch', 'x'],
    ['push'],
    ['push', 'a', '--mode', 'slow'],
    ['--tagg', 'x'],
    ['--version'],
  ]) {
    await program
      .parseAsync(['node', 'release', ...wrong])
      .catch((error) =>
        log.compare('refusal of the release command reads otherwise', [error.code, error.message]),
      );
  }
});

task('flags of the old release script cannot be read', (log) => {
  log.compare(
    'flags of the old script changed',
    minimist(['-abc', '--beep=boop', '-n5', '--no-color', '--x', '3', 'rest', '--', '-z'], {
      boolean: ['x'],
      alias: { n: 'number' },
      default: { q: 1 },
      '--': true,
    }),
  );
  const parse = (words, options) => yargsParser(words, options);
  log.compare(
    'flags of the new script changed',
    parse('--foo.bar 9 -vvv --list a b --no-cache --maxOld=2 --name "x y" tail', {
      array: ['list'],
      count: ['v'],
      alias: { 'max-old': ['m'] },
      number: ['foo.bar'],
      coerce: { name: (text) => text.toUpperCase() },
    }),
  );
  log.compare(
    'details of flags changed',
    yargsParser.detailed(['--size', '10', '--flag=false', '-x=1', '--unknown'], {
      boolean: ['flag'],
      narg: { size: 1 },
      configuration: { 'unknown-options-as-args': true },
    }),
  );
});
