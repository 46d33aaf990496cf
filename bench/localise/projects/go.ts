import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Project, runIn } from '../project.ts';

const MODULE = 'nightly.example/app/pkg';
/** Packages of the standard library that need none of its internals, or only such that are copied, too. */
const PACKAGES =
  `compress/flate compress/lzw container/heap container/list container/ring encoding/ascii85 encoding/base64 encoding/csv
  encoding/hex encoding/json encoding/pem encoding/xml flag go/ast go/doc/comment go/format go/internal/typeparams
  go/parser go/printer go/scanner go/token html internal/fmtsort mime/quotedprintable net/url regexp regexp/syntax
  text/scanner text/tabwriter text/template text/template/parse`.split(/\s+/);

export const go: Project = {
  language: 'go',
  sources: /\.go$/,
  journal: /^main\.go$|journal\.go$|entity\.go$|_tables\.go$|std\.go$/,
  fill,
  compile: (tree) => runIn(tree, ['go', 'build', '-ldflags=-w', '-o', 'out/night', '.'], BUILD_MS).ok,
  command: ['out/night'],
  probe: (id) => `println("@@${id}")`,
  separator: '; ',
};

const BUILD_MS = 300_000;

function fill(tree: string): void {
  const root = runIn(tree, ['go', 'env', 'GOROOT']).out.trim();
  for (const name of PACKAGES) {
    const to = join(tree, 'pkg', name);
    mkdirSync(to, { recursive: true });
    for (const file of globSync(join(root, 'src', name, '*.go')).filter((one) => !one.endsWith('_test.go'))) {
      cpSync(file, join(to, basename(file)), { dereference: true });
      writeFileSync(join(to, basename(file)), ownImports(readFileSync(file, 'utf8')));
    }
  }
}

/** The copies import each other, not the originals. */
function ownImports(text: string): string {
  const own = PACKAGES.join('|');
  return text.replaceAll(new RegExp(`^(\\s*(?:import )?(?:[\\w.]+ )?)"(${own})"$`, 'gm'), `$1"${MODULE}/$2"`);
}
