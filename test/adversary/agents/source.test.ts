import { hostile } from './hostile.ts';
import { SOURCE } from './scenarios/source.ts';

hostile(SOURCE, ['bubblewrap']);
