import { hostile } from './hostile.ts';
import { TESTS } from './scenarios/tests.ts';

hostile(TESTS, ['bubblewrap']);
