import { parse } from 'smol-toml';
import { z } from 'zod';

const names = z.array(z.string().catch('')).catch([]);
const table = z.record(z.string(), z.unknown()).catch({});
const groups = z.record(z.string(), names).catch({});

/** A table of TOML that may be missing or have another form: then it is as if empty. */
function orEmpty<T extends z.ZodRawShape>(shape: T) {
  const schema = z.object(shape);
  return schema.catch(() => schema.parse({}));
}

const text = z.string().nullable().catch(null);

const poetry = orEmpty({
  dependencies: table,
  'dev-dependencies': table,
  group: z.record(z.string(), orEmpty({ dependencies: table })).catch({}),
});

const pyprojectSchema = orEmpty({
  project: z
    .object({ 'requires-python': text, dependencies: names, 'optional-dependencies': groups })
    .nullable()
    .catch(null),
  'build-system': orEmpty({ 'build-backend': text }),
  'dependency-groups': groups,
  tool: table,
});

const toolSchema = orEmpty({
  poetry,
  uv: orEmpty({ 'dev-dependencies': names }),
  pdm: orEmpty({ 'dev-dependencies': groups }),
});

const pipfileSchema = orEmpty({
  packages: table,
  'dev-packages': table,
  requires: orEmpty({ python_version: text }),
});

/** What a pyproject.toml or a Pipfile says. Requirements are as written, with versions and extras. */
export interface Declared {
  readonly main: readonly string[];
  readonly more: readonly string[];
  /** Version of Python, with the key that says it. */
  readonly python: { readonly version: string; readonly key: string } | null;
}

export interface Pyproject extends Declared {
  readonly buildBackend: string | null;
  readonly hasProject: boolean;
  /** Tables below `tool`. */
  readonly tools: ReadonlySet<string>;
}

export function readPyproject(source: string): Pyproject {
  const read = pyprojectSchema.parse(tomlOf(source));
  const { poetry, uv, pdm } = toolSchema.parse(read.tool);
  const { project } = read;
  return {
    main: [...(project?.dependencies ?? []), ...Object.keys(poetry.dependencies)],
    more: [
      ...Object.values({ ...project?.['optional-dependencies'], ...read['dependency-groups'] }).flat(),
      ...Object.keys(poetry['dev-dependencies']),
      ...Object.values(poetry.group).flatMap((group) => Object.keys(group.dependencies)),
      ...uv['dev-dependencies'],
      ...Object.values(pdm['dev-dependencies']).flat(),
    ],
    python: pythonOf(project?.['requires-python'] ?? null, poetry.dependencies['python']),
    buildBackend: read['build-system']['build-backend'],
    hasProject: project !== null,
    tools: new Set(Object.keys(read.tool)),
  };
}

function pythonOf(required: string | null, poetry: unknown): Declared['python'] {
  if (required !== null) return { version: required, key: 'requires-python' };
  return typeof poetry === 'string' ? { version: poetry, key: 'tool.poetry.dependencies.python' } : null;
}

export function readPipfile(source: string): Declared {
  const { packages, requires, ...read } = pipfileSchema.parse(tomlOf(source));
  const version = requires.python_version;
  return {
    main: Object.keys(packages),
    more: Object.keys(read['dev-packages']),
    python: version === null ? null : { version, key: 'python_version' },
  };
}

/** Broken TOML says nothing: no tool would read it either. */
function tomlOf(source: string): unknown {
  try {
    return parse(source);
  } catch {
    return {};
  }
}
