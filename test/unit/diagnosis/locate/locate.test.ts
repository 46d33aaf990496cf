import { describe, expect, it } from 'vitest';
import { readCode } from '../../../../src/diagnosis/locate/code.ts';
import { fromRoute } from '../../../../src/diagnosis/locate/from-route.ts';
import { constantsOf, fromTemplate } from '../../../../src/diagnosis/locate/from-template.ts';
import { locate } from '../../../../src/diagnosis/locate/locate.ts';
import type { Anomaly, AnomalyFacts } from '../../../../src/domain/anomaly.ts';
import { redact } from '../../../../src/domain/redact.ts';
import type { Repository } from '../../../../src/ports/repository.ts';
import { codeOnPaper } from '../../../support/code-on-paper.ts';
import { factsFor } from '../../../support/nouns.ts';
import { syntaxOnPaper } from '../../../support/outline-of.ts';

const commit = (sha: string, date: number, ...files: readonly string[]) => ({
  sha,
  author: 'Ann',
  date,
  subject: `change ${sha}`,
  files,
});
const anomaly = (changes: Partial<AnomalyFacts>) => ({
  ...factsFor('it', changes),
  status: 'detected' as const,
});
const located = (one: Anomaly, repository: Repository) => locate(one, repository, syntaxOnPaper);
const said = (template: string) => ({
  text: redact(template),
  before: [],
  trace: null,
  template,
  labels: {},
});

describe('the statement that printed a message', () => {
  const PAY =
    'function pay(order) {\n  if (order.total < 0) {\n    log.warn(`refused order ${order.id} of customer ${order.by}: negative total`);\n  }\n}\n';

  it('is found by the constant parts of the template, before tests and documents that quote it', async () => {
    const repository = codeOnPaper({
      'README.md': 'It says "refused order 7 of customer 8: negative total".\n',
      'test/pay.test.js': "expect(lines).toContain('negative total')\n",
      'src/pay.js': PAY,
    });
    const found = await located(
      anomaly({ kind: 'log', sample: said('refused order <*> of customer <*>: negative total') }),
      repository,
    );
    expect(found).toMatchObject({ by: 'message', exact: false });
    expect(found.suspects[0]).toMatchObject({
      file: 'src/pay.js',
      line: 3,
      symbol: 'pay',
      why: 'prints this message',
    });
    expect(found.suspects[0]?.excerpt).toContain('> 3 |');
  });

  it('is found though the message has more words than the source', async () => {
    const repository = codeOnPaper({
      'src/mail.py': 'def send(to):\n    logging.error("could not deliver mail to %s", to)\n',
    });
    const [first] = await fromTemplate(
      'ERROR could not deliver mail to <*>',
      await readCode(repository, syntaxOnPaper),
    );
    expect(first).toMatchObject({ file: 'src/mail.py', line: 2 });
  });

  it('is not claimed for words that stand everywhere, or in tests alone', async () => {
    const everywhere = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`src/f${i}.js`, "log.info('request handled')\n"]),
    );
    for (const files of [everywhere, { 'test/a.test.js': "expect('request handled')\n" }]) {
      const found = await located(
        anomaly({ kind: 'log', sample: said('request handled') }),
        codeOnPaper(files),
      );
      expect(found).toMatchObject({ by: 'nothing', suspects: [] });
    }
  });

  it('has constants without quotes, numbers and short scraps', () => {
    expect(constantsOf('user <*> isn\'t known: order 42 of 7 failed with code "E1"')).toEqual([
      'failed with code',
      't known: order',
    ]);
    expect(constantsOf('<*> <*> ok')).toEqual([]);
  });
});

describe('the work behind a route', () => {
  const REPORTS =
    'import { rows } from "./db.js";\nexport function buildReport(id) {\n  const all = rows();\n  for (const row of all) {\n    const same = all.filter((other) => other.id === row.id);\n  }\n}\n';
  const OTHER = 'export function listUsers() {\n  for (const a of users) for (const b of users) n += 1;\n}\n';

  it.each([
    ['a table', "const routes = {\n  '/users': listUsers,\n  '/reports': buildReport,\n};\n"],
    [
      'a chain of ifs',
      "if (path === '/users') return listUsers();\nif (path === '/reports') {\n  return send(buildReport(1));\n}\n",
    ],
    ['a router', "app.get('/users', auth, listUsers);\napp.get('/reports/:id', auth, buildReport);\n"],
    [
      'a switch',
      "switch (path) {\n  case '/users':\n    return listUsers();\n  case '/reports':\n    return buildReport(1);\n}\n",
    ],
    [
      'a table with methods',
      "const routes = [\n  ['GET /users', listUsers],\n  ['GET /reports', buildReport],\n];\n",
    ],
    [
      'a regular expression',
      'if (/^\\/users/.test(path)) listUsers();\nif (/^\\/reports\\/(\\d+)$/.test(path)) buildReport(RegExp.$1);\n',
    ],
  ])('is found through %s, and comes before the router', async (_, router) => {
    const repository = codeOnPaper({
      'src/router.js': router,
      'src/reports.js': REPORTS,
      'src/users.js': OTHER,
    });
    const spots = (await fromRoute('/reports', await readCode(repository, syntaxOnPaper))).toSorted(
      (a, b) => b.score - a.score,
    );
    expect(spots[0]).toMatchObject({ file: 'src/reports.js', line: 5, symbol: 'buildReport' });
    expect(spots.map(({ file }) => file)).not.toContain('src/users.js');
  });

  it('is found below a decorator in Python', async () => {
    const repository = codeOnPaper({
      'app.py':
        "@app.route('/users')\ndef users():\n    return 1\n\n@app.route('/reports/<int:id>')\n@login_required\ndef report(id):\n    return build_report(id)\n",
      'reports.py': 'def build_report(id):\n    for a in rows:\n        for b in rows:\n            n += 1\n',
    });
    const spots = (await fromRoute('/reports', await readCode(repository, syntaxOnPaper))).toSorted(
      (a, b) => b.score - a.score,
    );
    expect(spots[0]).toMatchObject({ file: 'reports.py', symbol: 'build_report', line: 3 });
  });

  it('is the handler itself where that is written into the router', async () => {
    const router =
      "app.get('/reports', (req, res) => {\n  const rows = load();\n  for (const row of rows) {\n    rows.find((other) => other === row);\n  }\n  res.end();\n});\n";
    const [first] = (
      await fromRoute('/reports', await readCode(codeOnPaper({ 'src/app.js': router }), syntaxOnPaper))
    ).toSorted((a, b) => b.score - a.score);
    expect(first).toMatchObject({ file: 'src/app.js', line: 4 });
  });

  it('is what changed last, where nothing looks slow', async () => {
    const repository = codeOnPaper(
      {
        'src/router.js': "const routes = { '/reports': reports };\n",
        'src/reports.js': 'export function reports() {\n  return price(load());\n}\n',
        'src/load.js': 'export function load() {\n  return 1;\n}\n',
        'src/price.js': 'export function price(x) {\n  return x;\n}\n',
      },
      [
        commit('c2', 2000, 'src/price.js'),
        commit('c1', 1000, 'src/router.js', 'src/reports.js', 'src/load.js', 'src/price.js'),
      ],
    );
    const found = await located(
      anomaly({
        kind: 'metric',
        metricName: 'duration_ms{path="/reports"}',
        sample: { ...said('x'), template: null },
      }),
      repository,
    );
    expect(found.by).toBe('route');
    expect(found.suspects[0]).toMatchObject({
      file: 'src/price.js',
      why: 'called for /reports, changed last',
    });
    expect(found.commits[0]).toMatchObject({ sha: 'c2' });
  });

  it('reads the route from labels with a method, a query or a value in it', async () => {
    const repository = codeOnPaper({
      'src/router.js': "get('/reports/:id', buildReport)\n",
      'src/reports.js': REPORTS,
    });
    for (const label of ['/reports/42', 'GET /reports/<*>', '/reports/42?full=1']) {
      const sample = { ...said('x'), template: null, labels: { host: '/var', path: label } };
      const found = await located(anomaly({ kind: 'metric', metricName: 'duration_ms', sample }), repository);
      expect(found.suspects[0]?.file, label).toBe('src/reports.js');
    }
  });
});

describe('a trace', () => {
  const traced = (file: string, line: number, symbol: string) => ({
    ...said('no'),
    template: null,
    trace: {
      language: 'typescript' as const,
      errorType: 'TypeError',
      message: 'no',
      frames: [{ file, line, column: 1, symbol, inApp: true }],
      cause: null,
    },
  });
  const CART =
    'const tax = 1;\n\nexport function total(cart: Cart): number {\n  return cart.lines.length * tax;\n}\n';

  it('leads to the very line, and is sure of it', async () => {
    const found = await located(
      anomaly({ sample: traced('/app/src/cart.ts', 4, 'total') }),
      codeOnPaper({ 'src/cart.ts': CART }),
    );
    expect(found).toMatchObject({ by: 'trace', exact: true });
    expect(found.suspects[0]).toMatchObject({ file: 'src/cart.ts', line: 4, symbol: 'total', score: 1 });
  });

  it('leads past a function that only throws, to its caller', async () => {
    const sample = traced('/app/src/numbers.ts', 2, 'assertPositive');
    const caller = { file: '/app/src/cart.ts', line: 4, column: 1, symbol: 'total', inApp: true };
    const trace = { ...sample.trace, frames: [...sample.trace.frames, caller] };
    const found = await located(
      anomaly({ sample: { ...sample, trace } }),
      codeOnPaper({
        'src/cart.ts': CART,
        'src/numbers.ts':
          'export function assertPositive(x: number) {\n  if (x < 0) throw new Error("no");\n}\n',
      }),
    );
    expect(found.suspects.slice(0, 2).map(({ symbol }) => symbol)).toEqual(['total', 'assertPositive']);
  });

  it('leads to the function where the line is one of the compiled file', async () => {
    const found = await located(
      anomaly({ sample: traced('/app/dist/cart.js', 88, 'total') }),
      codeOnPaper({ 'src/cart.ts': CART }),
    );
    expect(found).toMatchObject({ by: 'trace', exact: false });
    expect(found.suspects[0]).toMatchObject({ file: 'src/cart.ts', line: 3, symbol: 'total' });
  });

  it('is not sure of a file that has no such function any more', async () => {
    const found = await located(
      anomaly({ sample: traced('/app/src/cart.ts', 4, 'gone') }),
      codeOnPaper({ 'src/cart.ts': CART }),
    );
    expect(found.exact).toBe(false);
  });

  it('that leads nowhere leaves its message', async () => {
    const sample = traced('/elsewhere/lib.js', 4, 'x');
    const lost = { ...sample, trace: { ...sample.trace, message: 'basket 42 is already paid' } };
    const code = codeOnPaper({ 'src/pay.js': 'throw new Error(`basket ${id} is already paid`);\n' });
    const found = await located(anomaly({ sample: lost }), code);
    expect(found).toMatchObject({ by: 'message' });
    expect(found.suspects[0]?.file).toBe('src/pay.js');
  });

  it('blames the one who wrote the line before those who changed the function later', async () => {
    const code = codeOnPaper({ 'src/cart.ts': CART }, [
      commit('new', 2, 'src/cart.ts'),
      commit('old', 1, 'src/cart.ts'),
    ]);
    const blaming = { ...code, blame: async () => commit('old', 1, 'src/cart.ts') };
    const found = await located(anomaly({ sample: traced('/app/src/cart.ts', 4, 'total') }), blaming);
    expect(found.commits.map(({ sha }) => sha)).toEqual(['old', 'new']);
  });

  it('suspects a commit less that came after the fault was last seen', async () => {
    const code = codeOnPaper({ 'src/cart.ts': CART }, [
      commit('fix', Date.UTC(2027, 0), 'src/cart.ts'),
      commit('old', 1, 'src/cart.ts'),
    ]);
    const found = await located(anomaly({ sample: traced('/app/src/cart.ts', 4, 'total') }), code);
    expect(found.commits[0]?.sha).toBe('old');
  });
});
