import { describe, expect, it } from 'vitest';
import { readPatterns } from '../../../src/adapters/templates/templates.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { settingsRead } from '../../../src/diagnosis/environment.ts';
import { diagnosisPorts } from '../../support/diagnosis-ports.ts';
import { anomalyTelling } from '../../support/telling.ts';

const patterns = await readPatterns('templates');

/** A language, its file, the line that reads a setting, a like line that does not, and what is printed for both. */
const CASES: readonly (readonly [string, string, string, string, string])[] = [
  [
    'javascript',
    'src/hosts.js',
    "const hosts = process.env.HOSTS.split(',');",
    "const hosts = order.hosts.split(',') + process.env.SUFFIX;",
    "TypeError: Cannot read properties of undefined (reading 'split')\n    at open (/app/src/hosts.js:2:31)",
  ],
  [
    'typescript',
    'src/hosts.ts',
    "const port = parse(process.env['PORT']!.trim());",
    "const port = parse(query['port']!.trim());",
    "TypeError: Cannot read properties of undefined (reading 'trim')\n    at open (/app/src/hosts.ts:2:31)",
  ],
  [
    'python',
    'app/db.py',
    "url = os.environ['DATABASE_URL']",
    "url = settings['DATABASE_URL']",
    'Traceback (most recent call last):\n  File "/app/app/db.py", line 2, in open\n    url = x\nKeyError: \'DATABASE_URL\'',
  ],
  [
    'go',
    'cmd/serve.go',
    'port := must(strconv.Atoi(os.Getenv("PORT")))',
    'port := must(strconv.Atoi(row.Port))',
    'panic: strconv.Atoi: parsing "": invalid syntax\n\ngoroutine 1 [running]:\nmain.serve(...)\n\t/app/cmd/serve.go:2 +0x1d\nmain.main()\n\t/app/cmd/serve.go:9 +0x1d\n',
  ],
  [
    'java',
    'src/main/java/com/shop/Server.java',
    'int port = Integer.parseInt(System.getenv("PORT"));',
    'int port = Integer.parseInt(request.port());',
    'Exception in thread "main" java.lang.NumberFormatException: Cannot parse null string: null\n\tat java.base/java.lang.Integer.parseInt(Integer.java:630)\n\tat com.shop.Server.open(Server.java:2)',
  ],
  [
    'ruby',
    'lib/queue.rb',
    "URL = ENV.fetch('QUEUE_URL')",
    "URL = order.fetch('QUEUE_URL')",
    '/app/lib/queue.rb:2:in `fetch\': key not found: "QUEUE_URL" (KeyError)\n\tfrom /app/lib/queue.rb:2:in `<main>\'',
  ],
];

async function verdictOf(file: string, line: string, printed: string) {
  const ports = { ...diagnosisPorts({ [file]: `// 1\n${line}\n// 3\n` }, null), patterns };
  const options = { id: 'd', offline: true, signal: new AbortController().signal };
  return diagnose(anomalyTelling(printed), ports, options);
}

describe('a setting of the environment that is missing', () => {
  it.each(CASES)('is told by the line that reads it, in %s', async (_, file, reads, __, printed) => {
    const found = await verdictOf(file, reads, printed);
    expect(found.suspects[0]).toMatchObject({ file, line: 2 });
    expect(found.verdict).toBe('no_code_cause');
    expect(found.rootCause).toContain('A setting of the environment is missing');
  });

  it.each(CASES)('is not told where another value is missing, in %s', async (_, file, __, other, printed) => {
    expect((await verdictOf(file, other, printed)).verdict).toBe('cause');
  });

  it.each(CASES)('is named by its reader, in %s', (_, __, reads) => {
    expect(settingsRead(reads)).toHaveLength(1);
    expect(reads).toContain(settingsRead(reads)[0]);
  });
});
