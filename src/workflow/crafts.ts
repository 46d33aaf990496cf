import { applyFix } from '../codegen/apply.ts';
import { planFix } from '../codegen/plan.ts';
import { pullText } from '../codegen/pull-text.ts';
import { diagnose, previewContext, previewPrompt } from '../diagnosis/diagnose.ts';
import type { Crafts } from './ports.ts';

/** The real ones. */
export const crafts: Crafts = { diagnose, previewPrompt, previewContext, planFix, applyFix, pullText };

/** The engine that needs no model and no program; `compose` puts it beside the others. */
export { repairEngine } from '../codegen/repair/engine.ts';
