import type { Told } from '../../../domain/project.ts';
import { type Package, textOf } from '../package.ts';
import { certain } from '../told.ts';
import { type Declared, type Pyproject, readPipfile, readPyproject } from './pyproject.ts';
import { readSetupCfg, readSetupPy } from './setup.ts';

/** What a Python package says it needs. Names are in lower case, with where they were read. */
export interface Requirements {
  /** Of the program itself. */
  readonly main: ReadonlyMap<string, string>;
  /** Of tests, development, and extras. */
  readonly more: ReadonlyMap<string, string>;
  readonly python: Told<string> | null;
  readonly pyproject: Pyproject;
}

/** A file that declares, with its name. */
type Source = readonly [file: string, declared: Declared];

export async function requirementsOf(found: Package): Promise<Requirements> {
  const pyproject = readPyproject(await textOf(found, 'pyproject.toml'));
  const sources: readonly Source[] = [
    ['pyproject.toml', pyproject],
    ['Pipfile', readPipfile(await textOf(found, 'Pipfile'))],
    ['setup.cfg', readSetupCfg(await textOf(found, 'setup.cfg'))],
    ['setup.py', readSetupPy(await textOf(found, 'setup.py'))],
    ...(await listsOf(found)),
  ];
  const python = sources.flatMap(([file, { python }]) =>
    python === null ? [] : [certain(python.version, `${file}: ${python.key}`)],
  );
  return {
    main: namesOf(sources.map(([file, { main }]) => [file, main])),
    more: namesOf(sources.map(([file, { more }]) => [file, more])),
    python: python[0] ?? null,
    pyproject,
  };
}

const LIST =
  /^(requirements[^/]*\.(txt|in)|requirements\/[^/]+\.(txt|in)|tests?\/requirements\.txt|[^/]*[-_]requirements\.txt)$/;

/** requirements.txt and its neighbours; what is named for tests or development is not the program's. */
async function listsOf(found: Package): Promise<readonly Source[]> {
  return Promise.all(
    found.names
      .filter((name) => LIST.test(name))
      .map(async (name): Promise<Source> => {
        const lines = (await textOf(found, name)).split('\n');
        const isMore = /dev|test|lint|docs|ci|local/i.test(name.replace('requirements', ''));
        return [name, { main: isMore ? [] : lines, more: isMore ? lines : [], python: null }];
      }),
  );
}

/** Takes the names off requirements such as `uvicorn[standard]>=0.2 ; python_version < "4"`. */
function namesOf(
  lists: readonly (readonly [file: string, requirements: readonly string[]])[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [file, requirements] of lists) {
    for (const requirement of requirements) {
      const name = /^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1]?.toLowerCase().replaceAll(/[_.]/g, '-');
      if (name !== undefined && !names.has(name)) names.set(name, file);
    }
  }
  return names;
}
