import type { Anomaly } from '../../domain/anomaly.ts';
import type { Repository } from '../../ports/repository.ts';
import type { Surroundings } from '../../ports/surroundings.ts';
import type { Pattern } from '../../ports/templates.ts';
import type { Located } from '../locate/locate.ts';
import { anomalyItem } from './anomaly.ts';
import type { Candidate } from './candidate.ts';
import { codeItems } from './code.ts';
import { commitItems } from './commits.ts';
import { configurationItems } from './configuration.ts';
import { deploymentItems } from './deployments.ts';
import { patternItems } from './known.ts';
import { logItems } from './logs.ts';
import { metricItems } from './metrics.ts';
import { neighbourItems } from './neighbours.ts';
import { pastItems } from './past.ts';
import { traceItems } from './traces.ts';

/** What evidence is gathered from. */
export interface Trails {
  readonly located: Located;
  readonly patterns: readonly Pattern[];
  readonly repository: Repository | null;
  readonly surroundings: Surroundings;
}

const MOST_COMMITS = 10;
const MOST_TAGS = 20;

/** All evidence that there is for an anomaly, in the order in which it is told; the planner says how much of it is. */
export async function gatherContext(anomaly: Anomaly, trails: Trails): Promise<readonly Candidate[]> {
  const { located, patterns, repository, surroundings } = trails;
  const around = await surroundings.around(anomaly);
  const [history, tags, configuration, past] = await Promise.all([
    repository?.log([], MOST_COMMITS) ?? [],
    repository?.tags(MOST_TAGS) ?? [],
    configurationItems(anomaly, located.suspects, repository),
    pastItems(anomaly, around.others, surroundings.became),
  ]);
  return [
    anomalyItem(anomaly),
    ...traceItems(anomaly, around.records),
    ...logItems(anomaly, around.records),
    ...metricItems(anomaly, around.hours),
    ...neighbourItems(anomaly, around.others),
    ...deploymentItems(anomaly, around, tags),
    ...commitItems(anomaly, located.commits, history),
    ...configuration,
    ...past,
    ...codeItems(located.suspects),
    ...patternItems(patterns),
  ];
}
