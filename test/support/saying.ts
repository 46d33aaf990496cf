import type { LanguageModel, ModelRequest } from '../../src/ports/model.ts';

/** A model that says one thing, whatever it is asked; it remembers what it was asked. */
export function saying(answer: object): LanguageModel & { readonly asked: readonly ModelRequest[] } {
  const asked: ModelRequest[] = [];
  return {
    asked,
    names: ['scripted/one'],
    async ask(request) {
      asked.push(request);
      const text = JSON.stringify(answer);
      return { text, model: 'scripted/one' };
    },
  };
}
