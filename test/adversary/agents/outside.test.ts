import { hostile } from './hostile.ts';
import { OUTSIDE } from './scenarios/outside.ts';

hostile(OUTSIDE, ['bubblewrap', 'none']);
