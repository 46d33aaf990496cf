import { z } from 'zod';
import type { Package } from '../package.ts';

const words = z.record(z.string(), z.string()).catch({});

const manifestSchema = z.object({
  scripts: words,
  dependencies: words,
  devDependencies: words,
  peerDependencies: words,
  optionalDependencies: words,
  engines: words,
  volta: words,
  packageManager: z.string().nullable().catch(null),
  workspaces: z
    .union([z.array(z.string()), z.object({ packages: z.array(z.string()) }).transform((it) => it.packages)])
    .nullable()
    .catch(null),
  jest: z.unknown().optional(),
  mocha: z.unknown().optional(),
});

/** What is read of a package.json. */
export type Manifest = z.infer<typeof manifestSchema>;

const EMPTY = manifestSchema.parse({});

/** A package.json that cannot be read says nothing. */
export async function manifestOf(found: Package): Promise<Manifest> {
  const text = await found.read('package.json');
  if (text === null) return EMPTY;
  try {
    return manifestSchema.catch(EMPTY).parse(JSON.parse(text));
  } catch {
    return EMPTY; // no JSON: npm would not read it either
  }
}

/** Where a package is declared, other than as a peer: `package.json: devDependencies.vitest`. */
export function declaredIn(manifest: Manifest, name: string): string | null {
  const table = (['dependencies', 'devDependencies', 'optionalDependencies'] as const).find(
    (one) => manifest[one][name] !== undefined,
  );
  return table === undefined ? null : `package.json: ${table}.${name}`;
}

/** Words of a script and of the scripts that it calls (`npm run x`, `pnpm x`), as one list of commands. */
export function commandsOf(manifest: Manifest, script: string, depth = 3): readonly (readonly string[])[] {
  const text = manifest.scripts[script];
  if (text === undefined || depth === 0) return [];
  return text
    .split(/&&|\|\||[;|&]/)
    .map((command) =>
      command
        .trim()
        .replaceAll(/["'\\]/g, '')
        .split(/\s+/),
    )
    .flatMap((command) => {
      const called = calledScript(command, manifest);
      return called === null ? [command] : commandsOf(manifest, called, depth - 1);
    });
}

function calledScript(words: readonly string[], manifest: Manifest): string | null {
  const [program, ...rest] = words;
  if (program === undefined || !/^(npm|pnpm|yarn|bun|run-s|run-p|npm-run-all)$/.test(program)) return null;
  const name = rest.find((word) => !/^(run|run-script|-.*)$/.test(word));
  return name !== undefined && manifest.scripts[name] !== undefined ? name : null;
}
