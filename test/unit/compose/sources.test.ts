import { describe, expect, it } from 'vitest';
import { sensitivityOf } from '../../../src/compose/sources.ts';
import { type Config, configSchema } from '../../../src/config/config.ts';

const settings = (config: Config) => configSchema.parse(config);

describe('the sensitivity of a source', () => {
  const sources: Config['sources'] = [
    { type: 'host', name: 'box', sensitivity: 'quiet' },
    { type: 'file', name: 'app', paths: ['*.log'] },
  ];

  it('is its own, or that of all', () => {
    const all = settings({ sources, detection: { sensitivity: 'sensitive' } });
    expect(['box', 'app', 'sent by somebody'].map((name) => sensitivityOf(name, all))).toEqual([
      'quiet',
      'sensitive',
      'sensitive',
    ]);
    expect(sensitivityOf('app', settings({}))).toBe('normal');
  });

  it('is one of three words', () => {
    const loud = { type: 'host', name: 'box', sensitivity: 'loud' };
    expect(configSchema.safeParse({ sources: [loud] }).success).toBe(false);
  });
});
