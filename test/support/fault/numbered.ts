/** Events that carry a number, so that each can be found again. */
const FAULTS = 5;
const FAULT_EVERY = 13;

/** Which of the five exceptions event `n` is; null for a calm one. */
export function faultOf(n: number): string | null {
  return n % FAULT_EVERY === 0 ? `Fault${(n / FAULT_EVERY) % FAULTS}Error` : null;
}

export const messageOf = (n: number) => `request ${markOf(n)} done`;
export const markOf = (n: number) => `no-${n}`;

/** A stack as Node writes it; each exception has a place of its own. */
export function stackOf(type: string): string {
  return `${type}: it broke\n    at ${type} (/app/src/${type}.js:7:1)\n    at main (/app/src/main.js:9:2)`;
}

/** As pino logs it, with a line end. */
export function lineOf(n: number, now: number): string {
  const time = new Date(now).toISOString();
  const type = faultOf(n);
  if (type === null) return `${JSON.stringify({ time, level: 'info', msg: messageOf(n) })}\n`;
  const err = { type, message: 'it broke', stack: stackOf(type) };
  return `${JSON.stringify({ time, level: 'error', msg: 'it broke', mark: markOf(n), err })}\n`;
}

/** The number of a stored event. @throws when there is none, or more than one. */
export function numberIn(json: string): number {
  const numbers = new Set([...json.matchAll(/\bno-(\d+)\b/g)].map(([, digits]) => Number(digits)));
  const [first] = numbers;
  if (first === undefined || numbers.size > 1) throw new Error(`no event of ours, or two in one: ${json}`);
  return first;
}
