import { describe, expect, it } from 'vitest';
import { type Config, configSchema } from '../../../src/config/config.ts';
import { privacyOf } from '../../../src/config/privacy.ts';

const privacy = (config: Config, ...keys: readonly string[]) =>
  privacyOf(configSchema.parse(config), (name) => keys.includes(name));

describe('what may leave this machine', () => {
  it('is nothing for models without a key, and says to which host it goes with one', () => {
    const [deepseek, openai] = privacy({}, 'OPENAI_API_KEY').models;
    expect(deepseek).toMatchObject({ state: 'closed', when: 'DEEPSEEK_API_KEY is not set' });
    expect(openai).toMatchObject({ where: 'api.openai.com', state: 'open' });
  });

  it('is nothing at all offline, whatever keys there are', () => {
    const config: Config = { offline: true, automation: 'open-pr' };
    const { models, agent, forge } = privacy(config, 'OPENAI_API_KEY', 'DEEPSEEK_API_KEY', 'GITHUB_TOKEN');
    expect([...models, agent, forge].map(({ state }) => state)).toEqual(Array(4).fill('closed'));
    expect(agent.network).toBe(false);
  });

  it('is told by an agent, with what it sees, and by pull requests as far as automation goes', () => {
    const agent = {
      engine: 'acp' as const,
      command: ['qwen', '--acp'],
      env: ['QWEN_KEY'],
      homeFolders: ['.qwen'],
    };
    const told = privacy({ agent, automation: 'open-pr' }, 'GITHUB_TOKEN');
    expect(told.agent).toMatchObject({
      where: 'qwen --acp',
      state: 'open',
      env: ['QWEN_KEY'],
      folders: ['.qwen'],
    });
    expect(told.forge).toMatchObject({ state: 'open', when: 'a fix is proven' });
    expect(privacy({}, 'GITHUB_TOKEN').forge.when).toBe('a person opens a pull request');
  });

  it('names the sources that listen or ask, and those that reach beyond this machine', () => {
    const { sources } = privacy({
      sources: [
        { type: 'otlp', name: 'otel' },
        { type: 'syslog', name: 'net', host: '0.0.0.0' },
        { type: 'prometheus', name: 'far', targets: ['http://10.0.0.5:9100/metrics'] },
        { type: 'file', name: 'app', paths: ['app.log'] },
      ],
    });
    expect(sources.map(({ source, how, outside }) => [source, how, outside])).toEqual([
      ['otel', 'listens', false],
      ['net', 'listens', true],
      ['far', 'asks', true],
    ]);
  });
});
