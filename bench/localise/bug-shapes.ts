import type { Shape } from './shapes/edit.ts';
import {
  missingAwait,
  missingCleanUp,
  missingGuard,
  missingReturn,
  missingUpdate,
  nullDereference,
  swallowedError,
} from './shapes/missing.ts';
import { missingNot, offByOne, wrongOperator } from './shapes/operators.ts';
import {
  badDefault,
  wrongArgumentOrder,
  wrongPattern,
  wrongTimezone,
  wrongVariable,
} from './shapes/wrong.ts';

/** The shapes of bugs that people make. Each is one small edit; the names are for reading the cases. */
export const BUG_SHAPES: Readonly<Record<string, Shape>> = {
  'off by one': offByOne,
  'wrong operator': wrongOperator,
  'missing not': missingNot,
  'missing await': missingAwait,
  'null dereference': nullDereference,
  'missing guard': missingGuard,
  'swallowed error': swallowedError,
  'missing clean-up': missingCleanUp,
  'missing update': missingUpdate,
  'missing return': missingReturn,
  'bad default': badDefault,
  'wrong pattern': wrongPattern,
  'wrong timezone': wrongTimezone,
  'wrong argument order': wrongArgumentOrder,
  'wrong variable': wrongVariable,
};
