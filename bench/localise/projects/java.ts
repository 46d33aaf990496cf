import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Project, runIn } from '../project.ts';

/** Where classes of the JDK are copied to, and which. Their old package is imported: not all of it is copied. */
const COPIES: readonly { readonly from: string; readonly to: string; readonly classes: string }[] = [
  { from: 'java.util.regex', to: 'nightly.regex', classes: '*' },
  { from: 'java.time', to: 'nightly.time', classes: '**/*' },
  { from: 'java.math', to: 'nightly.math', classes: '*' },
  { from: 'jdk.internal.joptsimple', to: 'nightly.options', classes: '**/*' },
  { from: 'java.net', to: 'nightly.net', classes: '{URI,URLEncoder,URLDecoder}' },
  { from: 'java.io', to: 'nightly.io', classes: 'StreamTokenizer' },
  {
    from: 'java.util',
    to: 'nightly.util',
    classes:
      '{AbstractCollection,AbstractList,AbstractMap,AbstractQueue,AbstractSequentialList,AbstractSet,ArrayDeque,ArrayList,Base64,BitSet,Formatter,HashMap,LinkedHashMap,LinkedList,Optional,PriorityQueue,Scanner,StringTokenizer,TreeMap,TreeSet}',
  },
];

const MODULES = ['java.base', 'jdk.internal.opt'];

/** Packages of the JDK that the copies need, and that are open to it alone. */
const OPEN =
  `jdk.internal jdk.internal.access jdk.internal.math jdk.internal.misc jdk.internal.util jdk.internal.vm.annotation
  sun.nio.cs sun.security.action sun.text sun.text.spi sun.util.calendar sun.util.locale.provider sun.util.logging`
    .split(/\s+/)
    .flatMap((name) => ['--add-exports', `java.base/${name}=ALL-UNNAMED`]);

const CLASSES = 'out/classes';
/** What was compiled of a changed file, before the other classes in the path. */
const CHANGED = 'out/changed';

export const java: Project = {
  language: 'java',
  sources: /\.java$/,
  journal: /^nightly\/(?:Main|Journal)\.java$|package-info|EmojiData|ZoneName/,
  fill,
  compile,
  restore: (tree) => rmSync(join(tree, CHANGED), { recursive: true, force: true }),
  command: [
    'java',
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    ...OPEN,
    '-cp',
    `${CHANGED}:${CLASSES}:.`,
    'nightly.Main',
  ],
  probe: (id) => `System.err.println("@@${id}");`,
  separator: ' ',
};

const COMPILE_MS = 300_000;

function compile(tree: string, files: readonly string[] | null): boolean {
  const sources = files ?? globSync('nightly/**/*.java', { cwd: tree });
  const to = files === null ? CLASSES : CHANGED;
  const options = ['-nowarn', '-proc:none', '-g', '-XDignore.symbol.file', ...OPEN, '-cp', CLASSES, '-d', to];
  return runIn(tree, ['javac', '-J-XX:TieredStopAtLevel=1', ...options, ...sources], COMPILE_MS).ok;
}

function fill(tree: string, cache: string): void {
  const sources = join(cache, 'jdk');
  if (globSync(join(sources, '*')).length === 0) extract(tree, sources);
  for (const { from, to, classes } of COPIES) {
    const folder = MODULES.map((module) => join(sources, module, from.replaceAll('.', '/'))).find(existsSync);
    if (folder === undefined) throw new Error(`the JDK's sources have no ${from}`);
    for (const file of globSync(`${classes}.java`, { cwd: folder })) {
      const target = join(tree, to.replaceAll('.', '/'), file);
      if (basename(file) === 'package-info.java') continue;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, renamed(readFileSync(join(folder, file), 'utf8')));
    }
  }
}

function extract(tree: string, sources: string): void {
  const home = /java\.home = (.*)/.exec(
    runIn(tree, ['java', '-XshowSettings:properties', '-version']).err,
  )?.[1];
  const wanted = MODULES.flatMap((module) =>
    COPIES.map(({ from }) => `${module}/${from.replaceAll('.', '/')}/*`),
  );
  mkdirSync(sources, { recursive: true });
  const { err } = runIn(tree, ['unzip', '-qo', join(home ?? '', 'lib/src.zip'), ...wanted, '-d', sources]);
  if (!existsSync(join(sources, 'java.base')))
    throw new Error(`the JDK's sources (lib/src.zip) are not installed: ${err}`);
}

/** Where a copy would hand itself to a class that knows only the original. */
const BRIDGES = [
  ['URL.fromURI(this)', 'new URL(toString())'],
  ['TimeZone.getDefault().toZoneId()', 'ZoneId.of(TimeZone.getDefault().getID())'],
  ['formatTo(fmt, f.valueOf()', 'formatTo(new java.util.Formatter(fmt.out()), f.valueOf()'],
  ['new IllegalFormatArgumentIndexException(', 'new MissingFormatArgumentException("" + '],
] as const;

/** The copies name each other, not the originals; what is set up for the JDK itself is left out. */
function renamed(text: string): string {
  const named = COPIES.reduce((all, one) => withNames(all, one), text);
  // What the original sets up for the rest of the JDK; its lines stay, so that lines are numbered as they were.
  const own = named.replace(/static \{\s+SharedSecrets\.setJavaNetUriAccess[\s\S]*?\n {4}\}\n/, (block) =>
    block.replaceAll(/[^\n]/g, ''),
  );
  return BRIDGES.reduce((all, [from, to]) => all.replaceAll(from, to), own);
}

function withNames(text: string, { from, to, classes }: (typeof COPIES)[number]): string {
  if (classes.includes('*')) return text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);
  const names = classes.replaceAll(/[{}]/g, '').replaceAll(',', '|');
  return text
    .replace(`package ${from};`, `package ${to}; import ${from}.*;`)
    .replaceAll(new RegExp(`^import ${from}\\.(${names});`, 'gm'), `import ${to}.$1;`);
}
