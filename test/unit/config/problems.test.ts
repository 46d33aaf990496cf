import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../src/config/problems.ts';

const messages = (value: unknown) => problemsOf(value).map((problem) => problem.message);

describe('problems of a configuration', () => {
  it('finds none in an empty one', () => {
    expect(messages({})).toEqual([]);
  });

  it('names the key, the value and the allowed form', () => {
    expect(messages({ detection: { bucketSeconds: 'ten' } })).toEqual([
      'detection.bucketSeconds is "ten"; allowed: a number from 0.1 to 120',
    ]);
    expect(messages({ automation: 'yolo' })).toEqual([
      'automation is "yolo"; allowed: "observe", "diagnose", "stage", "open-pr"',
    ]);
    expect(messages({ offline: 'yes' })).toEqual(['offline is "yes"; allowed: true or false']);
    expect(messages({ daemon: { idleHours: -1 } })).toEqual([
      'daemon.idleHours is -1; allowed: a number above 0 and up to 720',
    ]);
  });

  it('suggests the option that was meant', () => {
    expect(messages({ detecton: {} })).toEqual(['detecton is not an option; did you mean detection?']);
    expect(messages({ fix: { maxfiles: 3 } })).toEqual([
      'fix.maxfiles is not an option; did you mean maxFiles?',
    ]);
    expect(messages({ daemon: { colour: 'red' } })).toEqual([
      'daemon.colour is not an option; known here: idleHours, syncWrites',
    ]);
  });

  it('looks into lists', () => {
    expect(messages({ sources: [{ type: 'file', name: 'app', paths: [] }] })).toEqual([
      'sources[0].paths is []; allowed: a list with at least one entry, each a text',
    ]);
    expect(messages({ sources: [{ type: 'fil', name: 'app' }] })[0]).toMatch(
      /^sources\[0\]\.type is "fil"; allowed: "file", "docker"/,
    );
    expect(messages({ sources: [{ type: 'file', name: 'app', path: 'a', paths: ['a'] }] })).toEqual([
      'sources[0].path is not an option; did you mean paths?',
    ]);
    expect(messages({ sources: [{ type: 'syslog', name: 'app', port: 'x' }] })[0]).toMatch(
      /^sources\[0\]\.port is "x"; allowed: a whole number/,
    );
    expect(messages({ sources: [{ type: 'file', name: 'my app', paths: ['a'] }] })[0]).toMatch(
      /^sources\[0\]\.name is "my app"; allowed: letters, digits/,
    );
  });

  it('refuses two sources of one name', () => {
    const app = { type: 'file', name: 'app', paths: ['a.log'] };
    expect(messages({ sources: [app, app] })[0]).toContain('sources whose names differ');
  });

  it('tells everything that is wrong, not only the first', () => {
    expect(messages({ offline: 1, budget: { perDay: -2 }, x: 1 })).toHaveLength(3);
  });

  it('says what a file must export', () => {
    expect(messages('hello')[0]).toMatch(/^it is "hello"; allowed: an object with sources, detection/);
  });
});
