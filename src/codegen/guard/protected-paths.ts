/** Folders that no fix may touch, wherever they stand, and what they are to a reader. Lower case. */
const FOLDERS: Readonly<Record<string, string>> = {
  '.git': 'git data',
  '.github': 'CI configuration',
  '.gitlab': 'CI configuration',
  '.circleci': 'CI configuration',
  '.buildkite': 'CI configuration',
  '.husky': 'a hook',
  '.githooks': 'a hook',
  node_modules: 'an installed dependency',
  '.venv': 'an installed dependency',
  vendor: 'a vendored dependency',
  third_party: 'a vendored dependency',
  '.bundle': 'package manager configuration',
  '.mvn': 'build configuration',
  gradle: 'build configuration',
  dist: 'a generated file',
  target: 'a generated file',
  coverage: 'a generated file',
  __generated__: 'a generated file',
  '.devcontainer': 'editor configuration',
  '.vscode': 'editor configuration',
  '.idea': 'editor configuration',
  '.kiro': 'agent steering',
  '.amazonq': 'agent steering',
  '.claude': 'agent steering',
  '.codex': 'agent steering',
  '.cursor': 'agent steering',
  '.gemini': 'agent steering',
  '.qwen': 'agent steering',
  '.opencode': 'agent steering',
  '.windsurf': 'agent steering',
  '.vigilai': 'VigilAI configuration',
};

const LOCKFILE = 'a lockfile';
const DEPENDENCIES = 'a list of dependencies';
const MANIFEST = 'a package manifest';

/** File names that no fix may touch, wherever they stand. Matched in lower case, as on a Mac's file system. */
const FILES: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/^(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock)$/, LOCKFILE],
  [
    /^(poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|go\.(sum|work\.sum)|(gemfile|gems)\.lock(ed)?)$/,
    LOCKFILE,
  ],
  [/^(pipfile|requirements[^/]*\.(txt|in)|go\.(mod|work)|gemfile|gems\.rb)$/, DEPENDENCIES],
  [/^package\.json$/, MANIFEST],
  [/^(pnpm-workspace\.yaml|pyproject\.toml|setup\.(py|cfg)|[^/]*\.gemspec)$/, MANIFEST],
  [/^(pom\.xml|build\.gradle(\.kts)?|settings\.gradle(\.kts)?|gradle\.properties|build\.xml)$/, MANIFEST],
  [/^(\.npmrc|\.yarnrc(\.yml)?|\.pnp\.[a-z.]+|\.pnpmfile\.cjs|pip\.conf)$/, 'package manager configuration'],
  [/^[tj]sconfig[^/]*\.json$/, 'compiler configuration'],
  [
    /^(vite|vitest|jest|babel|rollup|webpack|esbuild)[^/]*\.(config|workspace|setup|preset)s?\.[a-z]+$/,
    'test or build configuration',
  ],
  [/^(\.babelrc[^/]*|\.swcrc|\.mocharc\.[a-z]+|\.nycrc[^/]*|\.c8rc[^/]*)$/, 'test or build configuration'],
  [
    /^(karma|cypress|playwright|ava|wdio|nightwatch|web-test-runner)[^/]*\.(conf|config)\.[a-z]+$|^setuptests\.[a-z]+$/,
    'test configuration',
  ],
  [
    /^(\.rspec|rakefile|[^/]*\.rake|(spec|rails|test|minitest)_helper\.rb|\.simplecov)$/,
    'test configuration',
  ],
  [/^(testng[^/]*\.xml|junit-platform\.properties|surefire[^/]*\.properties)$/, 'test configuration'],
  [/^(makefile|gnumakefile|justfile|taskfile\.ya?ml|mvnw(\.cmd)?|gradlew(\.bat)?)$/, 'build configuration'],
  [
    /^(\.eslintrc[^/]*|eslint\.config\.[a-z]+|\.eslintignore|biome\.jsonc?|\.oxlintrc\.json|tslint\.json)$/,
    'lint configuration',
  ],
  [
    /^(\.pylintrc|pylintrc|\.?ruff\.toml|\.flake8|mypy\.ini|pyrightconfig\.json|\.rubocop[^/]*\.yml|\.golangci\.[a-z]+|checkstyle[^/]*\.xml)$/,
    'lint configuration',
  ],
  [
    /\.min\.(js|css)$|_pb2(_grpc)?\.pyi?$|\.pb\.go$|\.g\.(ts|dart|java)$|\.(js|css)\.map$/,
    'a generated file',
  ],
  [/^(conftest\.py|pytest\.ini|\.pytest\.ini|tox\.ini|noxfile\.py|\.coveragerc)$/, 'test configuration'],
  [/^((site|user)customize\.py|[^/]*\.pth)$/, 'code that Python loads by itself'],
  [/^(\.gitattributes|\.gitmodules|\.gitignore|\.mailmap|codeowners)$/, 'git configuration'],
  [
    /^(\.gitlab-ci\.yml|\.travis\.yml|jenkinsfile|azure-pipelines\.ya?ml|bitbucket-pipelines\.yml|\.drone\.yml)$/,
    'CI configuration',
  ],
  [/^(\.?lefthook(-local)?\.(ya?ml|toml|json)|\.pre-commit-config\.yaml|\.lintstagedrc[^/]*)$/, 'a hook'],
  [/^(agents|claude|gemini|qwen|kiro)(\.[a-z]+)?\.md$/, 'agent steering'],
  [
    /^(\.mcp\.json|mcp\.json|\.cursorrules|\.windsurfrules|\.clinerules|copilot-instructions\.md)$/,
    'agent steering',
  ],
  [/^\.?vigilai(rc)?(\.config)?(\.[a-z]+)?$/, 'VigilAI configuration'],
  [/^\.env(\..*)?$|^\.envrc$/, 'an environment file'],
];

/** May a fix change it where dependencies are allowed? A manifest that also says how tests are run may not. */
export function isDependencyList(path: string): boolean {
  const kind = protectedBy(path);
  return kind === LOCKFILE || kind === DEPENDENCIES;
}

/** What a protected path is, in words; null when a fix may change it. */
export function protectedBy(path: string): string | null {
  const parts = path.toLowerCase().split('/');
  for (const part of parts) {
    const kind = Object.hasOwn(FOLDERS, part) ? FOLDERS[part] : undefined;
    if (kind !== undefined) return kind;
  }
  const name = parts.at(-1) ?? '';
  return FILES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Relative, downward, and the same file on every system: no `..`, no backslash, nothing that Windows reads as `.git`. */
export function isSafePath(path: string): boolean {
  if (path === '' || path.startsWith('/') || /[\p{Cc}\\:]/u.test(path)) return false;
  return path
    .split('/')
    .every((part) => part !== '' && !/^\.{1,2}$/.test(part) && !/^git~\d+$|[. ]$/i.test(part));
}

/** `*` and `?` stay within a folder, `**` does not; a pattern without a slash matches in any folder, a folder all below. */
export function globMatches(pattern: string, path: string): boolean {
  const rooted = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  const anywhere = rooted.includes('/') ? '' : '(?:.*/)?';
  return new RegExp(`^${anywhere}${globSource(rooted)}(?:/.*)?$`).test(path);
}

function globSource(pattern: string): string {
  return pattern
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      return part === '?' ? '[^/]' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
}
