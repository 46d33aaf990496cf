/** What is known of a coding agent that speaks ACP: how it is started, and what of the home and environment it needs. */
export interface AcpPreset {
  readonly argv: readonly [program: string, ...args: string[]];
  /** Folders below the home directory that it reads and writes: credentials and sessions. */
  readonly homeFolders: readonly string[];
  /** Names of environment variables that it may see beside the base list. */
  readonly env: readonly string[];
}

/** Start commands as measured with the versions in docs/agents.md. */
export const ACP_PRESETS = {
  gemini: {
    argv: ['gemini', '--acp', '--skip-trust'],
    homeFolders: ['.gemini'],
    env: [
      'GEMINI_API_KEY',
      'GOOGLE_API_KEY',
      'GOOGLE_GEMINI_BASE_URL',
      'GOOGLE_CLOUD_PROJECT',
      'GOOGLE_CLOUD_LOCATION',
    ],
  },
  claude: {
    argv: ['claude-agent-acp'],
    homeFolders: ['.claude'],
    env: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_BASE_URL', 'ANTHROPIC_MODEL', 'IS_SANDBOX'],
  },
  codex: {
    argv: ['codex-acp'],
    homeFolders: ['.codex'],
    env: ['OPENAI_API_KEY', 'CODEX_API_KEY', 'OPENAI_BASE_URL', 'CODEX_HOME'],
  },
  opencode: {
    argv: ['opencode', 'acp'],
    homeFolders: ['.config/opencode', '.local/share/opencode', '.local/state/opencode', '.cache/opencode'],
    env: [
      'OPENAI_API_KEY',
      'ANTHROPIC_API_KEY',
      'OPENCODE_CONFIG',
      'OPENCODE_DISABLE_AUTOUPDATE',
      'OPENCODE_DISABLE_MODELS_FETCH',
    ],
  },
  qwen: {
    argv: ['qwen', '--acp'],
    homeFolders: ['.qwen'],
    env: ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL', 'DASHSCOPE_API_KEY'],
  },
} as const satisfies Readonly<Record<string, AcpPreset>>;
