import { z } from 'zod';
import { SENSITIVITIES } from '../../domain/detection.ts';

/** How much a person wants to hear of one source. */
export const sourceSensitivity = z
  .enum(SENSITIVITIES)
  .optional()
  .describe('How much to hear of this source; left out, it is `detection.sensitivity`.');
