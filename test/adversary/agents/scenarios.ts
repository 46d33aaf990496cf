import type { Scenario } from './scenario.ts';
import { FILES } from './scenarios/files.ts';
import { OUTSIDE } from './scenarios/outside.ts';
import { PROCESSES } from './scenarios/processes.ts';
import { SECRETS_WANTED } from './scenarios/secrets.ts';
import { SOURCE } from './scenarios/source.ts';
import { TESTS } from './scenarios/tests.ts';
import { WORDS } from './scenarios/words.ts';

export const SCENARIOS: readonly Scenario[] = [
  ...WORDS,
  ...TESTS,
  ...SOURCE,
  ...FILES,
  ...OUTSIDE,
  ...SECRETS_WANTED,
  ...PROCESSES,
];
