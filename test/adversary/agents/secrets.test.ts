import { hostile } from './hostile.ts';
import { SECRETS_WANTED } from './scenarios/secrets.ts';

hostile(SECRETS_WANTED, ['bubblewrap', 'none']);
