import { isErrorLevel } from '../../detectors/logs/new-template.ts';
import type { Miner } from './miner.ts';
import { type Template, templateText } from './template.ts';

/** What others ask about messages. */
export interface Messages {
  /** By template index. */
  at(index: number): Counted | null;
  /** Text of the template that is counted under this id, or null. */
  textOf(id: string): string | null;
  readonly count: number;
}

export interface Counted {
  /**
   * What the message is counted under: `kind/template+grown`. Another one whenever more turned out to be the same message,
   * for what was usual before is not usual for all of them.
   */
  readonly id: string;
  readonly error: boolean;
}

export function messagesOf(mine: Miner): Messages {
  /** By index: asked for each message of each bucket. */
  const known: { readonly grown: number; readonly counted: Counted }[] = [];
  return {
    at(index) {
      const template = mine.templates()[index];
      if (template === undefined) return null;
      const { id, grown, level } = template;
      const before = known[index];
      if (before?.grown === grown) return before.counted;
      const counted = { id: `${kindId(mine, template)}/${id}+${grown}`, error: isErrorLevel(level) };
      known[index] = { grown, counted };
      return counted;
    },
    textOf(id) {
      const template = mine.withId(id.replace(/^.*\/|\+.*$/g, ''));
      return template === null ? null : templateText(template);
    },
    get count() {
      return mine.size;
    },
  };
}

/** Id of the first template of a template's kind. */
export function kindId(mine: Miner, { kind, id }: Template): string {
  return mine.templates()[kind]?.id ?? id;
}

/** Same kind of message, same fault: whether it was new or became frequent. `id` of the kind, or counted. */
export function messageFingerprint(source: string, id: string): string {
  return `log:${source}:${id.replace(/\/.*$/, '')}`;
}
