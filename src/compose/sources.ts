import { alertmanagerReceiver } from '../adapters/sources/alertmanager/receiver.ts';
import { dockerSource } from '../adapters/sources/docker/docker-source.ts';
import { fileSource } from '../adapters/sources/file/file-source.ts';
import { hostSource } from '../adapters/sources/host/host-source.ts';
import { journaldSource } from '../adapters/sources/journald/journald-source.ts';
import type { SourceOptions } from '../adapters/sources/options.ts';
import { otlpReceiver } from '../adapters/sources/otlp/receiver.ts';
import { prometheusSource } from '../adapters/sources/prometheus/prometheus-source.ts';
import { sentryReceiver } from '../adapters/sources/sentry/receiver.ts';
import { syslogReceiver } from '../adapters/sources/syslog/receiver.ts';
import type { Settings } from '../config/config.ts';
import type { Sensitivity } from '../domain/detection.ts';
import type { Log } from '../ports/log.ts';
import type { Intake, Listen, Source } from '../ports/source.ts';
import { clock, localSecrets } from './parts.ts';
import type { Place } from './place.ts';

/** Where logs are looked for when no source is configured. */
const USUAL_LOGS = ['*.log', 'log/*.log', 'logs/*.log'];

/** A source, and the way in where it is sent to. */
export interface Opened {
  readonly source: Source;
  readonly intake: Intake | null;
}

export interface SourceDeps {
  readonly place: Place;
  readonly log: Log;
  /** Makes a source of what a receiver is sent. */
  inbox(name: string, listen: Listen): Opened;
}

/** The configured sources, or the usual logs. `http` is not among them: the daemon itself listens there. */
export function configuredSources(settings: Settings): readonly Exclude<SourceOptions, { type: 'http' }>[] {
  const all = settings.sources ?? [{ type: 'file' as const, name: 'app', paths: USUAL_LOGS }];
  return all.filter((one) => one.type !== 'http');
}

/** Its own, or that of all. */
export function sensitivityOf(source: string, settings: Settings): Sensitivity {
  const own = configuredSources(settings).find(({ name }) => name === source)?.sensitivity;
  return own ?? settings.detection.sensitivity;
}

export function openSource(
  options: Exclude<SourceOptions, { type: 'http' }>,
  { place, log, inbox }: SourceDeps,
): Opened {
  const { env, paths } = place;
  const { root } = paths;
  const reads = (source: Source): Opened => ({ source, intake: null });
  switch (options.type) {
    case 'file':
      return reads(fileSource({ name: options.name, paths: options.paths, root, endMarker: null }, clock));
    case 'docker':
      return reads(dockerSource(options, { clock, env }));
    case 'journald':
      return reads(journaldSource(options, { clock, env, root }));
    case 'prometheus':
      return reads(prometheusSource(options, { clock, secrets: localSecrets(place) }));
    case 'host':
      return reads(hostSource(options, clock));
    case 'syslog':
      return inbox(options.name, syslogReceiver(options, { clock, log }));
    case 'otlp':
      return inbox(options.name, otlpReceiver(options, { clock, log }));
    case 'sentry':
      return inbox(options.name, sentryReceiver(options, { clock, log }));
    case 'alertmanager':
      return inbox(options.name, alertmanagerReceiver(options, { clock, log, env }));
  }
}
