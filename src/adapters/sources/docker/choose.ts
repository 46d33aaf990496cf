import { matchesGlob } from 'node:path';
import type { Labels } from '../../../domain/event.ts';
import type { Container } from './engine.ts';
import type { DockerSourceOptions } from './options.ts';

const PROJECT = 'com.docker.compose.project';
const SERVICE = 'com.docker.compose.service';

/** Whether the log of this container is asked for. */
export function isChosen(
  { name, labels }: Container,
  options: Pick<DockerSourceOptions, 'names' | 'labels' | 'composeProject'>,
): boolean {
  const { names, composeProject } = options;
  if (names.length > 0 && !names.some((glob) => glob === name || matchesGlob(name, glob))) return false;
  if (composeProject !== null && labels[PROJECT] !== composeProject) return false;
  return options.labels.every((label) => carries(labels, label));
}

function carries(labels: Container['labels'], label: string): boolean {
  const at = label.indexOf('=');
  return at < 0 ? Object.hasOwn(labels, label) : labels[label.slice(0, at)] === label.slice(at + 1);
}

/** What of a container its lines carry. */
export function labelsOf({ name, image, labels }: Container): Labels {
  const [project, service] = [labels[PROJECT], labels[SERVICE]];
  return {
    container: name,
    ...(image === '' ? {} : { image }),
    ...(project === undefined ? {} : { project }),
    ...(service === undefined ? {} : { service }),
  };
}
