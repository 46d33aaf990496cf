import { parse } from 'smol-toml';
import { z } from 'zod';
import type { Package } from '../package.ts';
import type { Artifact } from './build.ts';

/** A version catalogue of Gradle: what `libs.x.y` in a script stands for. */
export interface Catalogue {
  /** Artifacts by accessor: `junit.jupiter`; a bundle has several. */
  readonly libraries: ReadonlyMap<string, readonly Artifact[]>;
  readonly plugins: ReadonlyMap<string, string>;
}

const library = z.union([
  z.string(),
  z.object({ module: z.string() }).transform((it) => it.module),
  z.object({ group: z.string(), name: z.string() }).transform((it) => `${it.group}:${it.name}`),
]);
const plugin = z.union([
  z.string().transform((it) => it.split(':')[0] ?? ''),
  z.object({ id: z.string() }).transform((it) => it.id),
]);
const catalogueSchema = z.object({
  libraries: z.record(z.string(), library.catch('')).catch({}),
  bundles: z.record(z.string(), z.array(z.string())).catch({}),
  plugins: z.record(z.string(), plugin.catch('')).catch({}),
});

/** gradle/libs.versions.toml of the nearest package that has one. */
export async function catalogueOf(packages: readonly Package[]): Promise<Catalogue> {
  const at = packages.find((one) => one.has('gradle/libs.versions.toml'));
  const text = (await at?.read('gradle/libs.versions.toml')) ?? '';
  try {
    const read = catalogueSchema.parse(parse(text));
    const accessor = (alias: string) => alias.replaceAll(/[-_]/g, '.');
    const artifact = (said: string) => ({
      id: said.split(':').slice(0, 2).join(':'),
      version: said.split(':')[2] ?? null,
    });
    const single: (readonly [string, readonly Artifact[]])[] = Object.entries(read.libraries).map(
      ([alias, said]) => [accessor(alias), [artifact(said)]] as const,
    );
    const bundles = Object.entries(read.bundles).map(
      ([alias, members]) =>
        [accessor(alias), members.flatMap((one) => artifact(read.libraries[one] ?? ''))] as const,
    );
    return {
      libraries: new Map([...single, ...bundles]),
      plugins: new Map(Object.entries(read.plugins).map(([alias, id]) => [accessor(alias), id])),
    };
  } catch {
    return { libraries: new Map(), plugins: new Map() }; // broken TOML: Gradle would not read it either
  }
}
