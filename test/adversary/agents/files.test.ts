import { hostile } from './hostile.ts';
import { FILES } from './scenarios/files.ts';

hostile(FILES, ['bubblewrap']);
