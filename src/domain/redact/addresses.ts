import { ANY_MARK, type Mark } from './placeholder.ts';

/** `scheme://user:password@host`, its slashes JSON-escaped or the whole of it URL-encoded. */
const PASSWORD = new RegExp(
  `(:\\\\?/\\\\?/[^\\s/:@"'<>]{0,256}:)(?!${ANY_MARK}@)([^\\s/"']{1,512})(?=@)`,
  'g',
);
const TOKEN = /(:\\?\/\\?\/)(?=[^\s/:@"'<>]{0,512}\d)([^\s/:@"'<>]{20,512})(?=@)/g;
const PASSWORD_ENCODED =
  /(%3A%2F%2F(?:(?!%3A|%40|%2F)[^\s"'<>&]){0,256}%3A)((?:(?!%40|%2F)[^\s"'<>&]){1,512})(?=%40)/gi;
const EMAIL =
  /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}(?![A-Za-z0-9])/g;

/** Credentials in URLs and connection strings. The user's name stays, the password goes. */
export function redactUrlCredentials(text: string, mark: Mark): string {
  const hide = (kind: string) => (_: string, before: string, secret: string) => before + mark(kind, secret);
  return text
    .replace(PASSWORD, hide('password'))
    .replace(TOKEN, hide('token'))
    .replace(PASSWORD_ENCODED, hide('password'));
}

export function redactEmails(text: string, mark: Mark): string {
  if (!text.includes('@') && !text.includes('%40')) return text;
  return text.replace(EMAIL, (address) => mark('email', address));
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`(?<![\\w.-])(?:${OCTET}\\.){3}${OCTET}(?![\\w-]|\\.\\d)`, 'g');
/** Eight groups of RFC 4291, or fewer around one `::`; a time of day has no such form. */
const IPV6 =
  /(?<![\w:.])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?=(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:]))(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{0,4}::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{0,4})(?![\w:])/gi;

/** IP addresses: only where a configuration asks for it, since a diagnosis of a network needs them. `::` alone stays. */
export function redactIps(text: string, mark: Mark): string {
  return text
    .replace(IPV4, (address) => mark('ip', address))
    .replace(IPV6, (address) => (address.length > 2 ? mark('ip', address) : address));
}
