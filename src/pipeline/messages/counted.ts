import { isErrorLevel } from '../../detectors/logs/new-template.ts';
import type { Miner } from './miner.ts';
import { type Template, templateText } from './template.ts';

export interface Counted {
  /**
   * What the message is counted under: `kind/template+grown`. Another one whenever more turned out to be the same message,
   * for what was usual before is not usual for all of them.
   */
  readonly id: string;
  readonly error: boolean;
}

/** What others ask about messages. */
export class Messages {
  private readonly mine: Miner;
  /** By template index: asked for each message of each bucket. */
  private readonly known: { readonly grown: number; readonly counted: Counted }[] = [];

  constructor(mine: Miner) {
    this.mine = mine;
  }

  get count(): number {
    return this.mine.size;
  }

  /** By template index. */
  at(index: number): Counted | null {
    const template = this.mine.templates()[index];
    if (template === undefined) return null;
    const { id, grown, level } = template;
    const before = this.known[index];
    if (before?.grown === grown) return before.counted;
    const counted = { id: `${kindId(this.mine, template)}/${id}+${grown}`, error: isErrorLevel(level) };
    this.known[index] = { grown, counted };
    return counted;
  }

  /** Text of the template that is counted under this id, or null. */
  textOf(id: string): string | null {
    const template = this.mine.withId(id.replace(/^.*\/|\+.*$/g, ''));
    return template === null ? null : templateText(template);
  }
}

/** Id of the first template of a template's kind. */
export function kindId(mine: Miner, { kind, id }: Template): string {
  return mine.templates()[kind]?.id ?? id;
}

/** Same kind of message, same fault: whether it was new or became frequent. `id` of the kind, or counted. */
export function messageFingerprint(source: string, id: string): string {
  return `log:${source}:${id.replace(/\/.*$/, '')}`;
}
