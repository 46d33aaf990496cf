import { numberText } from '../../domain/explain.ts';
import type { Thought, Weighing } from './weighing.ts';

/** Other metrics of the source turned abnormal with it. */
export function underLoad({ anomaly, cite }: Weighing): Thought | null {
  const named = anomaly.alongside.series.slice(0, 3);
  const restsOn = [...new Set(named.flatMap(({ name }) => cite.holding('metric', name)))];
  if (restsOn.length === 0) return null;
  const values = named.map(({ name, value, expected }) => {
    const usual = expected === null ? '' : ` (usually ${expected.map(numberText).join(' to ')})`;
    return `${name} ${numberText(value)}${usual}`;
  });
  return {
    text: 'Load or a lack of resources, which this is only one sign of.',
    for: [
      {
        kind: 'alongside',
        text: `Turned abnormal within five minutes of it: ${values.join(', ')}.`,
        restsOn,
        shown: named.map(({ name }) => ({ words: name, by: restsOn })),
      },
    ],
    against: [],
  };
}
