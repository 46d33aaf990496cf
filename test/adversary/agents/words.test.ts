import { hostile } from './hostile.ts';
import { WORDS } from './scenarios/words.ts';

hostile(WORDS, ['bubblewrap']);
