/** What is not the project's own code, wherever it lies. */
const FOREIGN =
  /(^|\/)(node_modules|bower_components|third_party|vendor|site-packages|\.venv|venv|\.git|\.yarn|__pycache__)\//;
/** Output of builds; below `src/` these are ordinary names of packages. */
const BUILT = /^(?!(.*\/)?src\/)(.*\/)?(dist|build|target|out|coverage|\.next|\.nuxt|\.gradle)\//;
/** Whole projects in here are data of tests. */
const FIXTURES = /(^|\/)(fixtures?|__fixtures__|testdata|test-data|__mocks__|__snapshots__)\//;
/** Code beside the program: it shows or serves it, and says little about what the program is made of. */
const ASIDE = /(^|\/)(examples?|samples?|demos?|docs?|bench(marks?)?|scripts|tools|\.[a-z][\w-]*)\//;

/** Files that can tell what a project is. */
export function isOwn(file: string): boolean {
  return !FOREIGN.test(file) && !BUILT.test(file) && !FIXTURES.test(file);
}

export function isAside(file: string): boolean {
  return ASIDE.test(file);
}

/** '' for a name at the root. */
export function folderOf(file: string): string {
  const slash = file.lastIndexOf('/');
  return slash === -1 ? '' : file.slice(0, slash);
}

export function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

export function isWithin(file: string, dir: string): boolean {
  return dir === '' || file === dir || file.startsWith(`${dir}/`);
}

/** The deepest of the folders that holds the file; null when none does. */
export function deepest(file: string, dirs: readonly string[]): string | null {
  const around = dirs.filter((dir) => isWithin(file, dir));
  return around.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

export function below(dir: string, name: string): string {
  return dir === '' ? name : `${dir}/${name}`;
}
