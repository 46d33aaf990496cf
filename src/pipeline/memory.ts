/** Bytes of numbers. */
export function packNumbers(numbers: Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer.slice(numbers.byteOffset, numbers.byteOffset + numbers.byteLength));
}

/** Numbers of bytes from anywhere: copied, since a database hands out views that are not aligned. */
export function unpackNumbers(bytes: Uint8Array): Float64Array {
  return new Float64Array(Uint8Array.from(bytes).buffer, 0, Math.floor(bytes.byteLength / 8));
}

export function packJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** What `packJson` made: our own words, so they are believed to have the form they had. */
export function unpackJson<T>(bytes: Uint8Array): T {
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}

/** Arrays as one: each preceded by its length. */
export function concat(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length + 1, 0));
  let at = 0;
  for (const part of parts) {
    out[at] = part.length;
    out.set(part, at + 1);
    at += part.length + 1;
  }
  return out;
}
