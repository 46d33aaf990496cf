/** Where a git remote points to. */
export interface Remote {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

/** `git@host:owner/name.git`, which is no URL. */
const SCP = /^(?:[^@/\s]+@)?([\w.-]+):(?!\/\/)\/?(.+)$/;
const PART = /^[\w.-]+$/;

/**
 * Host, owner and name of a remote in any of git's network forms: https, ssh, git, `git@host:owner/name`. Credentials
 * are dropped. Null for a local path and for anything that does not look like a GitHub repository.
 */
export function parseRemote(remote: string): Remote | null {
  const url = remote.trim();
  const [host, path] = url.includes('://') ? fromUrl(url) : fromScp(url);
  const [owner, name, ...rest] = path
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '')
    .split('/');
  if (host === '' || rest.length > 0 || !isPart(owner) || !isPart(name)) return null;
  return { host, owner, name };
}

/** Address to push to with a token: always https, whatever form the remote has; without credentials. */
export function pushUrlOf({ host, owner, name }: Remote): string {
  return `https://${host}/${owner}/${name}.git`;
}

/** Address of the REST API that belongs to the host: github.com, GitHub Enterprise Cloud with data residency, or Server. */
export function apiUrlOf({ host }: Pick<Remote, 'host'>): string {
  if (host === 'github.com') return 'https://api.github.com';
  return host.endsWith('.ghe.com') ? `https://api.${host}` : `https://${host}/api/v3`;
}

function fromUrl(text: string): readonly [host: string, path: string] {
  const url = URL.parse(text);
  if (url === null || !/^(https?|ssh|git|git\+ssh|ssh\+git):$/.test(url.protocol)) return ['', ''];
  const web = url.protocol.startsWith('http');
  const host = hostName(web ? url.host : url.hostname);
  return [host, url.pathname];
}

function fromScp(text: string): readonly [host: string, path: string] {
  const match = SCP.exec(text);
  return [hostName(match?.[1] ?? ''), match?.[2] ?? ''];
}

/** `ssh.github.com` (ssh over port 443) and `www.github.com` are github.com. */
function hostName(host: string): string {
  return host.toLowerCase().replace(/^(ssh|www)\.github\.com$/, 'github.com');
}

function isPart(part: string | undefined): part is string {
  return part !== undefined && PART.test(part) && part !== '.' && part !== '..';
}
