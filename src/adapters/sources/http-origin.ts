const LOOPBACK = /^https?:\/\/(?:(?:[\w-]{1,63}\.){0,8}localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * May a page of this origin post here? Pages of this machine may, and those that are listed; whoever sends no `Origin` is
 * no page. Any web site that the user visits can post to loopback, and what arrives is shown to a coding agent.
 */
export function mayPost(origin: string | undefined, listed: readonly string[]): boolean {
  return origin === undefined || LOOPBACK.test(origin) || listed.includes(origin);
}

type Headers = Readonly<Record<string, string>>;

/** What lets a page of an origin that may post read the answer. */
export function originHeaders(origin: string | undefined, listed: readonly string[]): Headers {
  if (origin === undefined || !mayPost(origin, listed)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'retry-after',
    vary: 'origin',
  };
}

/** The answer to a browser's question before it posts; `headers` are those that it wants to send. */
export function preflightHeaders(headers: string | undefined): Headers {
  return {
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': headers ?? 'content-type',
    'access-control-allow-private-network': 'true',
    'access-control-max-age': '600',
  };
}
