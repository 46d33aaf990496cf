import { expect, it } from 'vitest';
import { configPage, exampleConfig } from '../../../src/config/example.ts';

it('keeps vigilai.config.example.ts as the schema says', async () => {
  await expect(exampleConfig()).toMatchFileSnapshot('../../../vigilai.config.example.ts');
});

it('keeps docs/config.md as the schema says', async () => {
  await expect(configPage()).toMatchFileSnapshot('../../../docs/config.md');
});
