import type { Cause } from '../candidate.ts';
import type { Step } from '../path.ts';
import { newShape, type Shape } from '../shape.ts';
import { type Entry, NO_TEXT, NOTHING, type Value } from '../value.ts';

/** A way into one value, and what has to stand at its end. */
export interface Wanted {
  readonly steps: readonly Step[];
  readonly value: Cause['value'];
}

export function isItem({ is }: Step): boolean {
  return is === 'element' || is === 'found';
}

/** The smallest value of a shape that has what is wanted in it. */
export function sampleOf(shape: Shape, wanted: readonly Wanted[]): Value {
  const here = wanted.find(({ steps }) => steps.length === 0);
  if (here !== undefined) return wantedValue(shape, here.value);
  switch (shape.kind) {
    case 'text':
      return { is: 'text', value: 'a' };
    case 'list': {
      const inside = beyond(wanted, isItem);
      const item = sampleOf(shape.element ?? newShape(), inside);
      return { is: 'list', type: null, items: inside.length === 0 && shape.element === null ? [] : [item] };
    }
    case 'map':
      return { is: 'map', type: shape.isOfMethods ? 'Map' : null, entries: entriesOf(shape, wanted) };
    case 'object':
      return { is: 'object', type: null, entries: entriesOf(shape, wanted) };
    case 'function':
      return { is: 'function', gives: NOTHING };
    case 'number':
    case 'unknown':
      return { is: 'number', value: 1 };
  }
}

function wantedValue(shape: Shape, value: Cause['value']): Value {
  if (value === 'single')
    return { is: 'list', type: null, items: [sampleOf(shape.element ?? newShape(), [])] };
  if (value !== 'empty') return value;
  if (shape.kind === 'text') return NO_TEXT;
  if (shape.kind === 'map' || shape.kind === 'object')
    return { is: 'map', type: shape.isOfMethods ? 'Map' : null, entries: [] };
  return { is: 'list', type: null, items: [] };
}

function entriesOf(shape: Shape, wanted: readonly Wanted[]): readonly Entry[] {
  return [...shape.fields].flatMap(([name, below]): readonly Entry[] => {
    const inside = beyond(wanted, (step) => (step.is === 'field' || step.is === 'key') && step.name === name);
    const value = sampleOf(below, inside);
    return value.is === 'absent' ? [] : [[name, value]];
  });
}

export function beyond(wanted: readonly Wanted[], isFirst: (step: Step) => boolean): readonly Wanted[] {
  return wanted.flatMap(({ steps: [first, ...steps], value }) =>
    first !== undefined && isFirst(first) ? [{ steps, value }] : [],
  );
}
