/** Attributes as plain data; nothing in them is trusted. */
export type Fields = Readonly<Record<string, unknown>>;

/** The SDKs' own limit of attributes on one record. */
const MOST_ATTRIBUTES = 128;
const DEEPEST = 16;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A list of KeyValue as an object: at most 128 of them, the last of a name wins. What lies deeper than 16 levels is null.
 * Whole numbers that a double cannot hold stay text.
 */
export function attributesOf(list: unknown, depth = 0): Fields {
  if (!Array.isArray(list)) return {};
  // Own properties whatever the name, `__proto__` too.
  return Object.fromEntries(
    list
      .slice(0, MOST_ATTRIBUTES)
      .filter(isFields)
      .map(({ key, value }) => [typeof key === 'string' ? key : '', valueOf(value, depth)]),
  );
}

/** What an AnyValue holds; null for none. */
export function valueOf(any: unknown, depth = 0): unknown {
  if (!isFields(any) || depth > DEEPEST) return null;
  const { stringValue, boolValue, intValue, doubleValue, bytesValue } = any;
  if (typeof stringValue === 'string') return stringValue;
  if (typeof boolValue === 'boolean') return boolValue;
  if (isNumeric(intValue)) return wholeOf(intValue);
  if (isNumeric(doubleValue)) return Number(doubleValue);
  if (bytesValue instanceof Uint8Array) return Buffer.from(bytesValue).toString('base64');
  if (typeof bytesValue === 'string') return bytesValue;
  return nestedOf(any, depth + 1);
}

function nestedOf({ arrayValue, kvlistValue }: Fields, depth: number): unknown {
  if (isFields(kvlistValue)) return attributesOf(kvlistValue['values'], depth);
  if (!isFields(arrayValue)) return null;
  const values = arrayValue['values'];
  return Array.isArray(values) ? values.slice(0, MOST_ATTRIBUTES).map((one) => valueOf(one, depth)) : [];
}

function isNumeric(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}

function wholeOf(value: number | string): number | string {
  const whole = Number(value);
  return Number.isSafeInteger(whole) ? whole : String(value);
}
