import { describe, expect, it } from 'vitest';
import { fromEnvironment } from '../../../src/config/environment.ts';

describe('options from the environment', () => {
  it('reads each kind of option', () => {
    expect(
      fromEnvironment({
        VIGILAI_OFFLINE: '1',
        VIGILAI_AUTOMATION: 'stage',
        VIGILAI_DETECTION_BUCKET_SECONDS: '2.5',
        VIGILAI_AGENT_COMMAND: 'qwen, --acp',
        VIGILAI_GITHUB_API_URL: 'null',
        VIGILAI_SOURCES: '[{"type":"file","name":"a","paths":["a.log"]}]',
        PATH: '/bin',
      }),
    ).toEqual({
      offline: true,
      automation: 'stage',
      detection: { bucketSeconds: 2.5 },
      agent: { command: ['qwen', '--acp'] },
      github: { apiUrl: null },
      sources: [{ type: 'file', name: 'a', paths: ['a.log'] }],
    });
  });

  it('names a variable that cannot be read', () => {
    expect(() => fromEnvironment({ VIGILAI_OFFLINE: 'maybe' })).toThrow(
      'the environment variable VIGILAI_OFFLINE is "maybe"; allowed: true or false',
    );
    expect(() => fromEnvironment({ VIGILAI_DAEMON_IDLE_HOURS: 'long' })).toThrow('a number above 0');
  });

  it('refuses a slip of the hand but leaves foreign variables alone', () => {
    expect(() => fromEnvironment({ VIGILAI_AUTOMATON: 'stage' })).toThrow(
      'VIGILAI_AUTOMATON is not an option',
    );
    expect(fromEnvironment({ VIGILAI_TEST_SERVER: 'x', VIGILAI_OFFLINE: '' })).toEqual({});
  });
});
