import { memoryInbox } from '../adapters/sources/memory-inbox.ts';
import { VigilError } from '../domain/errors.ts';
import type { TriedSource } from '../ports/house.ts';
import { clock } from './parts.ts';
import type { Place } from './place.ts';
import { configuredSources, openSource } from './sources.ts';

/** One configured source, without a daemon and without a journal. @throws VigilError `usage` for an unknown name. */
export function trySource(place: Place, name: string): TriedSource {
  const all = configuredSources(place.settings);
  const found = all.find((one) => one.name === name);
  if (found === undefined) {
    const http = place.settings.sources?.some((one) => one.type === 'http' && one.name === name) === true;
    throw new VigilError('usage', {
      what: http ? `the port of ${name} is opened by the daemon itself` : `there is no source called ${name}`,
      hint: http
        ? 'Send it an event, then run `vigilai sources`.'
        : `Run \`vigilai sources test\` with one of: ${all.map((one) => one.name).join(', ')}; \`vigilai sources types\` shows what can be configured.`,
    });
  }
  const { source } = openSource(found, {
    place,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    inbox: (inboxName, listen) => ({ source: memoryInbox(inboxName, listen, clock), intake: null }),
  });
  return { type: found.type, source };
}
