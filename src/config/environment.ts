import { VigilError } from '../domain/errors.ts';
import { nearest } from './nearest.ts';
import { configShape, type Shape, wordsOf } from './problems.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Partial = Readonly<Record<string, unknown>>;

const PREFIX = 'VIGILAI_';

/**
 * Options from the environment: `VIGILAI_DETECTION_BUCKET_SECONDS=5` is `detection.bucketSeconds`. Lists of texts are
 * separated by commas; other lists are JSON. An empty variable counts as not set.
 * @throws VigilError `bad_config` for a value that cannot be read or a name that is nearly one of ours.
 */
export function fromEnvironment(env: Env): Partial {
  const known = new Map(leavesOf(configShape(), []).map((leaf) => [variableOf(leaf.path), leaf]));
  const found = Object.entries(env).filter(([name, value]) => name.startsWith(PREFIX) && value);
  let config: Partial = {};
  for (const [name, text] of found) {
    const leaf = known.get(name);
    if (leaf === undefined) refuseTypo(name, [...known.keys()]);
    else config = put(config, leaf.path, readValue(name, text ?? '', leaf.shape));
  }
  return config;
}

interface Leaf {
  readonly path: readonly string[];
  readonly shape: Shape;
}

function leavesOf(shape: Shape, path: readonly string[]): readonly Leaf[] {
  if (shape.type !== 'object' || shape.properties === undefined) return [{ path, shape }];
  return Object.entries(shape.properties).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

function variableOf(path: readonly string[]): string {
  return PREFIX + path.map((key) => key.replaceAll(/(?=[A-Z])/g, '_').toUpperCase()).join('_');
}

/** Foreign variables may share the prefix; one that differs by a letter or two is a slip of the hand. */
function refuseTypo(name: string, known: readonly string[]): void {
  const near = nearest(name, known);
  if (near === null) return;
  throw new VigilError('bad_config', {
    what: `the environment variable ${name} is not an option`,
    hint: `Did you mean ${near}? Unset ${name} otherwise.`,
  });
}

function readValue(name: string, text: string, shape: Shape): unknown {
  const types = [shape, ...(shape.anyOf ?? [])].map((option) => option.type);
  if (text === 'null' && types.includes('null')) return null;
  if (types.includes('boolean')) return readBoolean(name, text);
  if (types.includes('integer') || types.includes('number')) return readNumber(name, text, shape);
  if (!types.includes('array')) return text;
  return text.trimStart().startsWith('[') ? readJson(name, text) : text.split(',').map((word) => word.trim());
}

function readBoolean(name: string, text: string): boolean {
  if (['1', 'true', 'yes', 'on'].includes(text.toLowerCase())) return true;
  if (['0', 'false', 'no', 'off'].includes(text.toLowerCase())) return false;
  throw unreadable(name, text, 'true or false');
}

function readNumber(name: string, text: string, shape: Shape): number {
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw unreadable(name, text, wordsOf(shape) ?? 'a number');
}

function readJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable(name, text, 'a list as JSON, or words separated by commas');
  }
}

function unreadable(name: string, text: string, allowed: string): VigilError {
  return new VigilError('bad_config', {
    what: `the environment variable ${name} is ${JSON.stringify(text)}; allowed: ${allowed}`,
    hint: `Correct or unset ${name}.`,
  });
}

function put(config: Partial, [key, ...rest]: readonly string[], value: unknown): Partial {
  if (key === undefined) return config;
  const inner = config[key];
  const within = typeof inner === 'object' && inner !== null ? (inner as Partial) : {};
  return { ...config, [key]: rest.length === 0 ? value : put(within, rest, value) };
}
