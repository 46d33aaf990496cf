const NAMES = [
  'PATH',
  'HOME',
  'LANG',
  'LANGUAGE',
  'TERM',
  'COLORTERM',
  'TMPDIR',
  'TZ',
  'USER',
  'LOGNAME',
  'SHELL',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_CACHE_HOME',
  'XDG_STATE_HOME',
  'XDG_RUNTIME_DIR',
  // Windows
  'SYSTEMROOT',
  'COMSPEC',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
];
const ALLOWED = new Set(NAMES);

/** The environment a child gets: an allow-list without keys or tokens, plus the names that were asked for. */
export function baseEnv(
  env: Readonly<Record<string, string | undefined>>,
  extraNames: readonly string[] = [],
): Record<string, string> {
  const wanted = (name: string) => {
    const upper = name.toUpperCase();
    return ALLOWED.has(upper) || upper.startsWith('LC_') || extraNames.includes(name);
  };
  const kept = Object.entries(env).filter(
    (pair): pair is [string, string] => wanted(pair[0]) && pair[1] !== undefined,
  );
  return Object.fromEntries(kept);
}
