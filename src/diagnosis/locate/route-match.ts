/** A segment that stands for a value: `:id`, `{id}`, `<int:id>`, `*`, `(\d+)`, or `<*>` in a template; a number, a UUID. */
const VALUE = /^(?::.*|.*[<{*(\\[$].*|\d+|[0-9a-f]{8}-[0-9a-f-]{27})$/i;

/**
 * How well the pattern of a route fits a path as it was measured (`/orders/42`, `/orders/<*>`, `/orders/:id`), [0,1]: 1 for
 * the whole path; less for a router mounted at its beginning, for one that is mounted below a prefix, and for a route that
 * goes on with values. 0 where no word is shared.
 */
export function routeFit(pattern: string, path: string): number {
  const a = segmentsOf(pattern);
  const b = segmentsOf(path);
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  if (a.length === b.length) return sharedWords(a, b) > 0 ? 1 : 0;
  if (a.length > b.length) {
    const rest = a.slice(b.length);
    return rest.every(isValue) && sharedWords(a.slice(0, b.length), b) > 0 ? 0.8 : 0;
  }
  const share = a.length / b.length;
  if (sharedWords(a, b.slice(-a.length)) > 0) return 0.7 * share;
  return sharedWords(a, b.slice(0, a.length)) > 0 ? 0.6 * share : 0;
}

function segmentsOf(path: string): readonly string[] {
  return path
    .replace(/[?#].*$/, '')
    .split('/')
    .filter((segment) => segment !== '');
}

/** How many words two equally long paths share; 0 where they contradict each other. */
function sharedWords(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  for (const [at, segment] of a.entries()) {
    const other = b[at] ?? '';
    if (segment === other && !isValue(segment)) shared += 1;
    else if (!isValue(segment) && !isValue(other)) return 0;
  }
  return shared;
}

function isValue(segment: string): boolean {
  return VALUE.test(segment);
}
