import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Project, runIn } from '../project.ts';

/** What of the standard library is written in Python and needs little else of it. */
const MODULES =
  `_markupbase _strptime argparse base64 bisect calendar colorsys configparser copy csv datetime difflib fnmatch fractions
  graphlib heapq ipaddress mimetypes optparse plistlib pprint quopri random reprlib sched shlex statistics string textwrap
  tokenize`.split(/\s+/);
const PACKAGES = ['email', 'html', 'http', 'json', 'tomllib', 'xml'];
/** Their parts in C would run in place of what is changed. */
const IN_C = /\b(from|import) (_(?:json|heapq|bisect|datetime|statistics|elementtree|random_c))\b/g;

export const python: Project = {
  language: 'python',
  sources: /\.py$/,
  journal: /journal\.py$|^main\.py$|__init__\.py$|entities\.py$|server\.py$/,
  fill,
  compile: () => true,
  command: ['python3', 'main.py'],
  probe: (id) => `__import__('sys').stderr.write('@@${id}\\n')`,
  separator: '; ',
};

function fill(tree: string): void {
  const library = runIn(tree, ['python3', '-c', 'import os; print(os.path.dirname(os.__file__))']).out.trim();
  const shared = join(tree, 'shared');
  mkdirSync(shared);
  for (const name of MODULES) cpSync(join(library, `${name}.py`), join(shared, `${name}.py`));
  for (const name of PACKAGES) cpSync(join(library, name), join(shared, name), { recursive: true });
  cpSync(join(library, 'urllib/parse.py'), join(shared, 'urlparse.py'));
  writeFileSync(join(shared, '__init__.py'), '');
  for (const unwanted of globSync('**/__pycache__', { cwd: shared }))
    rmSync(join(shared, unwanted), { recursive: true });
  for (const file of globSync('**/*.py', { cwd: shared })) ownImports(join(shared, file));
}

/** The copies import each other, not the originals. */
function ownImports(file: string): void {
  const own = [...MODULES, ...PACKAGES].join('|');
  const text = readFileSync(file, 'utf8')
    .replaceAll(IN_C, '$1 $2_absent')
    .replaceAll(/\burllib\.parse\b/g, 'shared.urlparse')
    .replaceAll(new RegExp(`^(\\s*)from (${own})\\b`, 'gm'), '$1from shared.$2')
    .replaceAll(
      new RegExp(`^(\\s*)import (${own})(\\.[\\w.]+)?$`, 'gm'),
      '$1import shared.$2$3; from shared import $2',
    );
  writeFileSync(file, text);
}
