import { redact } from '../../domain/redact.ts';
import { roleOf } from '../buckets/fields.ts';

/** A value as a field has it, where it may be one of few. */
export type Value = string | boolean | number;

/** A field of the records of one template. */
export interface Position {
  readonly template: number;
  readonly field: string;
  /** In order of first sight; none when they turned out to be many. */
  readonly values: Value[];
  /** Records with it since its last new value, and the time of that, epoch ms. */
  seen: number;
  since: number;
}

/** As JSON holds it, without what changes with each record. */
export type SavedPosition = readonly [
  template: number,
  field: string,
  values: readonly Value[],
  since: number,
];

/** Values that are few. */
const FEW = 5;
const LONGEST_VALUE = 60;
/** Bounds: fields that are watched, and fields of one template that are looked at. */
const MOST_POSITIONS = 2000;
const MOST_FIELDS = 40;

/** Fields that name one thing of many, say where and when, or are the message itself. */
const NAMES =
  /^(?:.*[._])?(?:msg|message|text|name|err|error|exception|stack|reason|host|hostname|pod|container|instance|node|server|image|commit|build|release|tag|session|trace|span|user|username|email|ip|addr|address|token|url|uri|path|route|endpoint|operation|query|referer|referrer|agent|file|logger|thread|key|hash|sha)$/i;

/** A field of a template's records; null for one that has many values, or is not to be watched. */
interface Slot {
  readonly field: string;
  position: Position | null;
}

/** Fields in the order in which the first record had them: mostly all others have them so too. */
interface Slots {
  readonly inOrder: Slot[];
  readonly byField: Map<string, Slot>;
}

/** The fields of a source's records that have had few values so far. Bounded, and O(1) a field. */
export class FewValues {
  /** By template. */
  private readonly known: (Slots | undefined)[] = [];
  private positions: Position[] = [];
  /** Changes with what is watched, not with each record. */
  version = 0;

  /** Calls `onFresh` for each field with a value that it never had; the value is taken in after that. */
  look(
    template: number,
    fields: Readonly<Record<string, unknown>>,
    time: number,
    onFresh: (position: Position, value: Value) => void,
  ): void {
    const ours = this.slotsOf(template);
    let place = -1;
    for (const field in fields) {
      place += 1;
      const here = ours.inOrder[place];
      const slot = here?.field === field ? here : ours.byField.get(field);
      if (slot?.position === null) continue;
      const value = valueOf(fields[field]);
      if (value === null) continue;
      if (slot === undefined) this.open(ours, { template, field, value, time });
      else this.see(slot, slot.position, { value, time, onFresh });
    }
  }

  save(): readonly SavedPosition[] {
    return this.positions.map(({ template, field, values, since }) => [template, field, values, since]);
  }

  /** What changes with each record, in the order of `save`. */
  counts(): Float64Array {
    return Float64Array.from(this.positions, ({ seen }) => seen);
  }

  restore(saved: readonly SavedPosition[], counts: Float64Array): void {
    this.positions = saved.map(([template, field, values, since], i) => ({
      template,
      field,
      values: [...values],
      seen: counts[i] ?? 0,
      since,
    }));
    for (const position of this.positions) {
      const { template, field, values } = position;
      enter(this.slotsOf(template), field, values.length === 0 ? null : position);
    }
  }

  private slotsOf(template: number): Slots {
    return (this.known[template] ??= { inOrder: [], byField: new Map() });
  }

  private open(ours: Slots, { template, field, value, time }: Opening): void {
    if (ours.byField.size >= MOST_FIELDS) return;
    const hasRoom = this.positions.length < MOST_POSITIONS;
    if (!hasRoom || !isOneOfFew(field, value) || !isKept(field, value)) {
      enter(ours, field, null);
      return;
    }
    const position = { template, field, values: [value], seen: 1, since: time };
    this.positions.push(position);
    enter(ours, field, position);
    this.version += 1;
  }

  private see(slot: Slot, position: Position, { value, time, onFresh }: Seeing): void {
    const { values, field } = position;
    if (values.includes(value)) {
      position.seen += 1;
      return;
    }
    this.version += 1;
    const isSecret = !isKept(field, value);
    if (!isSecret) onFresh(position, value);
    values.push(value);
    position.seen = 0;
    position.since = time;
    if (values.length <= FEW && !isSecret) return;
    values.length = 0;
    slot.position = null;
  }
}

function enter({ inOrder, byField }: Slots, field: string, position: Position | null): void {
  const slot = { field, position };
  inOrder.push(slot);
  byField.set(field, slot);
}

interface Opening {
  readonly template: number;
  readonly field: string;
  readonly value: Value;
  readonly time: number;
}

interface Seeing {
  readonly value: Value;
  readonly time: number;
  readonly onFresh: (position: Position, value: Value) => void;
}

function valueOf(value: unknown): Value | null {
  if (typeof value === 'string') return value.length > LONGEST_VALUE ? null : value;
  return typeof value === 'boolean' || typeof value === 'number' ? value : null;
}

/** Words, and the numbers that are names of outcomes. */
function isOneOfFew(field: string, value: Value): boolean {
  const role = roleOf(field);
  if (role === 'none' || NAMES.test(field)) return false;
  return typeof value !== 'number' || role === 'status';
}

/** What would have to be redacted is not kept. */
function isKept(field: string, value: Value): boolean {
  const text = `${field}=${value}`;
  return typeof value !== 'string' || redact(text) === text;
}
