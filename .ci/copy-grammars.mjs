// Copies the WebAssembly of each grammar into dist/grammars, where the built program looks for it: the packages that hold
// them carry some 90 MB of C sources and prebuilt binaries, and are not installed with VigilAI.
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GRAMMARS } from '../dist/src/adapters/syntax/grammars.js';

const to = join(import.meta.dirname, '../dist/grammars');
mkdirSync(to, { recursive: true });
for (const { wasm } of Object.values(GRAMMARS)) {
  copyFileSync(fileURLToPath(import.meta.resolve(wasm)), join(to, basename(wasm)));
}
