/** One `<testcase>` of a JUnit report. */
export interface JunitCase {
  readonly file: string | null;
  readonly classname: string;
  readonly name: string;
  /** `errored` for `<error>`: what that means differs by the tool that writes it. */
  readonly outcome: 'passed' | 'failed' | 'errored' | 'skipped';
  readonly message: string;
}

/**
 * Test cases of a JUnit report, in its order. Reads the machine-written form (attributes in double quotes, text
 * escaped or in CDATA), not any XML; a report that breaks off gives the cases before the break.
 */
export function junitCases(xml: string): readonly JunitCase[] {
  const cases: JunitCase[] = [];
  for (const [, attributes = '', body = ''] of xml.matchAll(
    /<testcase\b((?:\s+[\w:.-]+="[^"]*")*)\s*(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const named = attributesOf(attributes);
    const problem = /<(failure|error)\b((?:\s+[\w:.-]+="[^"]*")*)\s*(?:\/>|>([\s\S]*?)<\/\1>)/.exec(body);
    cases.push({
      file: named['file'] ?? null,
      classname: named['classname'] ?? '',
      name: named['name'] ?? '',
      outcome: outcomeOf(problem?.[1], body),
      message: problem === null ? '' : messageOf(problem[2] ?? '', problem[3] ?? ''),
    });
  }
  return cases;
}

function outcomeOf(problem: string | undefined, body: string): JunitCase['outcome'] {
  if (problem !== undefined) return problem === 'error' ? 'errored' : 'failed';
  return /<skipped\b/.test(body) ? 'skipped' : 'passed';
}

function messageOf(attributes: string, text: string): string {
  const message = attributesOf(attributes)['message'] ?? '';
  const body = text.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inner: string) =>
    inner.replaceAll('&', '&amp;'),
  );
  return `${message}\n${decoded(body)}`.trim();
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([\w:.-]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decoded(value)]));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
