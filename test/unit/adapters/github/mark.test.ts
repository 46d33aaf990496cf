import { expect, it } from 'vitest';
import { markedBody, markOf, readMark } from '../../../../src/adapters/github/mark.ts';

it('knows its own text again, also with words of others around it', () => {
  const body = markedBody('title', 'text');
  expect(readMark(body)).toBe(markOf('title', 'text'));
  expect(readMark(`Please look!\n\n${body}\nDone.`)).toBe(markOf('title', 'text'));
});

it('tells one text from another, and a title from a body', () => {
  const marks = [markOf('a', 'b'), markOf('a', 'c'), markOf('c', 'b'), markOf('ab', '')];
  expect(new Set(marks).size).toBe(4);
});

it('finds no mark where there is none', () => {
  expect(readMark(null)).toBeNull();
  expect(readMark('<!-- something else -->')).toBeNull();
});

it('stays below what GitHub takes', () => {
  expect(markedBody('t', 'x'.repeat(100_000)).length).toBeLessThan(65_536);
});
