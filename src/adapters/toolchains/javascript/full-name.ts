import type { TestRef } from '../../../domain/fix.ts';

/** Between the names of suites and tests in a result's name. */
export const NESTED = ' > ';

/** The pattern that only this test's full name matches: runners join nested names by a space. */
export function fullNamePattern({ name }: TestRef): string {
  return `^${name
    .split(NESTED)
    .join(' ')
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`;
}
