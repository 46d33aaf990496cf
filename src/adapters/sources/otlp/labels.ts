import type { Labels } from '../../../domain/event.ts';
import type { Fields } from './wire/value.ts';

/** What of a resource names where a record came from; the second name is the older one of the same thing. */
const RESOURCE: readonly (readonly [label: string, ...names: string[]])[] = [
  ['deployment.environment', 'deployment.environment.name', 'deployment.environment'],
  ['host.name', 'host.name'],
  ['service.name', 'service.name'],
];
const MOST_LABELS = 8;
const LONGEST_VALUE = 80;

/** At most three labels, sorted by name. */
export function resourceLabels(attributes: Fields): Labels {
  const labels: Record<string, string> = {};
  for (const [label, ...names] of RESOURCE) {
    const value = names.map((name) => attributes[name]).find((one) => typeof one === 'string' && one !== '');
    // What SDKs say when nobody has named the service.
    if (typeof value !== 'string' || value.startsWith('unknown_service')) continue;
    labels[label] = value.slice(0, LONGEST_VALUE);
  }
  return labels;
}

/** Names of single requests, peers, processes and sessions; a series of their own each would never be learnt. */
const UNNAMING =
  /(?:^|[._-])(?:ids?|uuid|guid|pid|tid|ip|token|cursor)$|[a-z]I[dD]$|^(?:url\.(?:full|path|query|fragment|scheme)|http\.(?:url|target|user_agent|scheme|flavor)|user_agent\..*|client\..*|net(?:work)?\.(?:peer|sock|local|protocol)\..*|thread\..*)$/;
/** UUIDs, hashes and long numbers. */
const UNNAMING_VALUE = /^(?:[\da-f]{8}-[\da-f-]{27}|[\da-f]{16,}|\d{6,})$/i;

/** Labels of one series: those of its resource and at most eight in all, sorted by name, without what names no series. */
export function seriesLabels(resource: Labels, attributes: Fields): Labels {
  const naming = Object.entries(attributes)
    .filter(([name, value]) => isNaming(name, value))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST_LABELS - Object.keys(resource).length)
    .map(([name, value]) => [name.slice(0, LONGEST_VALUE), String(value).slice(0, LONGEST_VALUE)] as const);
  const all = [...Object.entries(resource), ...naming];
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isNaming(name: string, value: unknown): boolean {
  if (name === '' || UNNAMING.test(name)) return false;
  if (typeof value === 'boolean') return true;
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  return value !== '' && !UNNAMING_VALUE.test(String(value));
}
