import type { Told } from '../../domain/project.ts';

export function certain<T>(value: T, because: string): Told<T> {
  return { value, certain: true, because };
}

export function guessed<T>(value: T, because: string): Told<T> {
  return { value, certain: false, because };
}

/** What evidence of several kinds says together: certain where it speaks with one voice, else the first is a guess. */
export function agreed<T>(evidence: readonly Told<T>[]): Told<T> | null {
  const first = evidence.find((one) => one.certain) ?? evidence[0];
  if (first === undefined) return null;
  const other = evidence.find((one) => one.certain && one.value !== first.value);
  if (other === undefined) return first;
  return guessed(first.value, `${first.because}; but ${other.because}`);
}
