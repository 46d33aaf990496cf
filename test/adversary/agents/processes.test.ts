import { hostile } from './hostile.ts';
import { PROCESSES } from './scenarios/processes.ts';

hostile(PROCESSES, ['bubblewrap', 'none']);
