import { placeholder, START } from './placeholder.ts';

/** Key formats as their vendors document them: a fixed prefix, then enough random characters. */
const VENDOR_KEYS: readonly (readonly [kind: string, form: string])[] = [
  ['jwt', 'eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*){0,3}'],
  ['aws_key', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16,}'],
  ['github_token', 'gh[pousr]_[A-Za-z0-9]{16,}'],
  ['github_token', 'github_pat_[A-Za-z0-9_]{20,}'],
  ['gitlab_token', 'gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[A-Za-z0-9_.-]{16,}'],
  ['slack_token', 'xox[abceoprs]-[A-Za-z0-9-]{10,}'],
  ['slack_token', 'xapp-[A-Za-z0-9-]{10,}'],
  ['stripe_key', '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}'],
  ['stripe_key', 'whsec_[A-Za-z0-9+/=]{16,}'],
  ['model_key', '(?:sk|xai|gsk|pplx|nvapi)[-_][A-Za-z0-9_-]{20,}'],
  ['kiro_key', 'ksk_[A-Za-z0-9_-]{16,}'],
  ['google_key', 'AIza[A-Za-z0-9_-]{30,}'],
  ['google_key', 'ya29\\.[A-Za-z0-9_-]{20,}'],
  ['google_key', 'GOCSPX-[A-Za-z0-9_-]{20,}'],
  ['npm_token', 'npm_[A-Za-z0-9]{30,}'],
  ['pypi_token', 'pypi-[A-Za-z0-9_-]{40,}'],
  ['rubygems_key', 'rubygems_[0-9a-f]{40,}'],
  ['huggingface_token', 'hf_[A-Za-z0-9]{30,}'],
  ['sendgrid_key', 'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}'],
  ['digitalocean_token', 'do[opr]_v1_[a-f0-9]{40,}'],
  ['shopify_token', 'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32,}'],
  ['docker_token', 'dckr_pat_[A-Za-z0-9_-]{20,}'],
  ['vault_token', 'hv[sbr]\\.[A-Za-z0-9_-]{20,}'],
  ['twilio_key', 'SK[0-9a-f]{32}'],
  ['telegram_token', '[0-9]{8,10}:AA[A-Za-z0-9_-]{30,}'],
  ['grafana_token', 'gl(?:sa|c)_[A-Za-z0-9_=+/-]{20,}'],
  ['linear_key', 'lin_api_[A-Za-z0-9]{30,}'],
];

const VENDOR = new RegExp(`${START}(?:${VENDOR_KEYS.map(([, form]) => `(${form})`).join('|')})`, 'g');

export function redactVendorKeys(text: string): string {
  return text.replace(VENDOR, (...parts: readonly unknown[]) => {
    const which = parts.slice(1).findIndex((group) => typeof group === 'string');
    return placeholder(VENDOR_KEYS[which]?.[0] ?? 'key');
  });
}

/** `scheme://user:password@host`, its slashes JSON-escaped or the whole of it URL-encoded. */
const URL_PASSWORD = /(:\\?\/\\?\/[^\s/:@"'<>]{0,256}:)(?!<REDACTED:)[^\s/"']{1,512}(?=@)/g;
const URL_TOKEN = /(:\\?\/\\?\/)(?=[^\s/:@"'<>]{0,512}\d)[^\s/:@"'<>]{20,512}(?=@)/g;
const URL_PASSWORD_ENCODED =
  /(%3A%2F%2F(?:(?!%3A|%40|%2F)[^\s"'<>&]){0,256}%3A)(?:(?!%40|%2F)[^\s"'<>&]){1,512}(?=%40)/gi;

/** Credentials in URLs and connection strings. The user's name stays, the password goes. */
export function redactUrlCredentials(text: string): string {
  return text
    .replace(URL_PASSWORD, `$1${placeholder('password')}`)
    .replace(URL_TOKEN, `$1${placeholder('token')}`)
    .replace(URL_PASSWORD_ENCODED, `$1${placeholder('password')}`);
}

const EMAIL =
  /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}(?![A-Za-z0-9])/g;

export function redactEmails(text: string): string {
  return text.replace(EMAIL, placeholder('email'));
}
