import { createHash } from 'node:crypto';

/** GitHub refuses bodies above 65,536 characters. */
const MOST = 60_000;
const MARK = /<!-- vigilai-text:([0-9a-f]{16}) -->/;

/** The body as it is sent: cut where GitHub would refuse it, with a hidden mark that tells which text it came from. */
export function markedBody(title: string, body: string): string {
  const cut = body.length > MOST ? `${body.slice(0, MOST)}\n\n(The rest did not fit.)` : body;
  return `${cut}\n\n<!-- vigilai-text:${markOf(title, body)} -->\n`;
}

/** The mark of a text: the same title and body, the same mark. */
export function markOf(title: string, body: string): string {
  return createHash('sha256').update(`${title}\0${body}`).digest('hex').slice(0, 16);
}

/** The mark that stands in a body; null when there is none. What people write around it does not matter. */
export function readMark(body: string | null): string | null {
  return MARK.exec(body ?? '')?.[1] ?? null;
}
