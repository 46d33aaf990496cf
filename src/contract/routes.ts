import { anomalyRoutes } from './routes/anomalies.ts';
import { codeRoutes } from './routes/code.ts';
import { dashboardRoutes } from './routes/dashboard.ts';
import { deadRoutes } from './routes/dead.ts';
import { diagnosisRoutes } from './routes/diagnosis.ts';
import { eventRoutes } from './routes/events.ts';
import { jobRoutes } from './routes/jobs.ts';
import { pullRoutes } from './routes/pulls.ts';
import { seriesRoutes } from './routes/series.ts';
import { sourceRoutes } from './routes/sources.ts';
import { systemRoutes } from './routes/system.ts';

/**
 * Every route: method, path, what goes in and what comes out. Ids in paths may be shortened; `last` is the newest
 * anomaly. Errors are `application/problem+json` (`problemView`).
 */
export const routes = {
  ...eventRoutes,
  ...anomalyRoutes,
  ...diagnosisRoutes,
  ...codeRoutes,
  ...pullRoutes,
  ...dashboardRoutes,
  ...seriesRoutes,
  ...deadRoutes,
  ...jobRoutes,
  ...sourceRoutes,
  ...systemRoutes,
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
