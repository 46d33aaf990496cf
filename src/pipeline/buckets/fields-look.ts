import { type Redacted, redactBeginning } from '../../domain/redact.ts';
import { isFields } from '../formats/json.ts';
import { type FieldRole, roleOf, urlIn, withoutQuery } from './fields.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a field is by its name. */
interface Named {
  readonly name: string;
  /** The name as it may be kept. */
  readonly label: Redacted;
  readonly role: FieldRole;
  /** Its place among the dimensions, the first of which splits the record's series; far behind for any other field. */
  readonly rank: number;
}

const MOST_NAMES = 5000;
const LONGEST_NAME = 200;
const NO_RANK = Number.MAX_SAFE_INTEGER;

/**
 * Finds in one look what the fields of a record have for the buckets. One serves all records, since it is on the way of each
 * line: what it found stands until the next look.
 */
export class FieldsLook {
  /** Numbers that measure something: so many, their names, values, and whether each is the status of a response. */
  count = 0;
  readonly names: string[] = [];
  readonly values: number[] = [];
  readonly statuses: boolean[] = [];
  /** What splits the record's series, as it is written; null for nothing. */
  dimension: string | null = null;

  private readonly dimensions: readonly string[];
  private readonly known = new Map<string, Named>();
  /** The fields of the records before, by place: mostly the next one has them so too. */
  private readonly inOrder: Named[] = [];
  private place = 0;
  private rank = NO_RANK;

  constructor(dimensions: readonly string[]) {
    this.dimensions = dimensions;
  }

  at(fields: Fields): void {
    this.count = 0;
    this.dimension = null;
    this.rank = NO_RANK;
    this.place = 0;
    let isNested = false;
    for (const name in fields) {
      const value = fields[name];
      if (typeof value === 'number') this.addNumber(name, value);
      else if (typeof value === 'string') this.addText(name, value);
      else if (typeof value === 'object' && isFields(value)) {
        isNested = true;
        this.addNested(name, value);
      }
    }
    if (isNested && this.rank === NO_RANK) this.dimension = urlIn(fields);
  }

  /** Of the next field that is a number or a text. */
  private named(name: string): Named {
    const before = this.inOrder[this.place];
    const named = before?.name === name ? before : this.lookUp(name);
    if (named !== before) this.inOrder[this.place] = named;
    this.place += 1;
    return named;
  }

  private lookUp(name: string): Named {
    const before = this.known.get(name);
    if (before !== undefined) return before;
    if (this.known.size >= MOST_NAMES) this.known.clear();
    const place = this.dimensions.indexOf(name);
    const label = redactBeginning(name, LONGEST_NAME);
    const named = { name, label, role: roleOf(name), rank: place === -1 ? NO_RANK : place };
    this.known.set(name, named);
    return named;
  }

  private addNumber(name: string, value: number): void {
    const { role, label } = this.named(name);
    if (role === 'none' || !Number.isFinite(value)) return;
    this.names[this.count] = label;
    this.values[this.count] = value;
    this.statuses[this.count] = role === 'status';
    this.count += 1;
  }

  private addText(name: string, value: string): void {
    const { rank } = this.named(name);
    if (rank >= this.rank || value === '') return;
    this.rank = rank;
    this.dimension = withoutQuery(value);
  }

  /** `res: {statusCode}`, as pino-http writes it; no deeper. */
  private addNested(outer: string, fields: Fields): void {
    for (const name in fields) {
      const value = fields[name];
      if (typeof value === 'number') this.addNumber(`${outer}.${name}`, value);
    }
  }
}
