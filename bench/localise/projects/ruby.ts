import { cpSync, existsSync, globSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Project, runIn } from '../project.ts';

/** What of the standard library is written in Ruby, with the folder of the same name. */
const LIBRARIES =
  `abbrev base64 cgi csv delegate did_you_mean erb forwardable getoptlong ipaddr logger matrix observer optparse ostruct
  pp prettyprint prime pstore psych rdoc rexml set shellwords time tsort uri`.split(/\s+/);
/** Large tables, and what only runs in a shell or a server. */
const UNWANTED = [
  'rdoc/{ri,rd,markdown}',
  'rdoc/{servlet,rubygems_hook,task,markdown}.rb',
  'cgi/{session,core,html,cookie}*',
];

export const ruby: Project = {
  language: 'ruby',
  sources: /\.rb$/,
  journal: /^main\.rb$|journal\.rb$|version\.rb$/,
  fill,
  compile: () => true,
  command: ['ruby', '--disable-gems', '-I', 'lib', 'main.rb'],
  probe: (id) => `$stderr.puts('@@${id}')`,
  separator: '; ',
};

/** The copies stand before the originals in the path, so what they require of each other are copies, too. */
function fill(tree: string): void {
  const places = runIn(tree, ['ruby', '-e', 'puts RbConfig::CONFIG["rubylibdir"], Gem.path'])
    .out.trim()
    .split('\n');
  const roots = places.flatMap((place) => [place, ...globSync(join(place, 'gems/*/lib'))]);
  for (const name of LIBRARIES) {
    const root = roots.find((one) => existsSync(join(one, `${name}.rb`)) || existsSync(join(one, name)));
    if (root === undefined) throw new Error(`Ruby has no ${name}`);
    for (const part of [`${name}.rb`, name].filter((one) => existsSync(join(root, one)))) {
      cpSync(join(root, part), join(tree, 'lib', part), { recursive: true, dereference: true });
    }
  }
  for (const pattern of UNWANTED) {
    for (const found of globSync(pattern, { cwd: join(tree, 'lib') }))
      rmSync(join(tree, 'lib', found), { recursive: true });
  }
  for (const found of globSync('lib/**/*', { cwd: tree })) {
    if (basename(found).includes('.') && !found.endsWith('.rb'))
      rmSync(join(tree, found), { recursive: true });
  }
}
