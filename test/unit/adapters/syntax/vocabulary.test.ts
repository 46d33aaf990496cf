import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../../support/outline-of.ts';

describe('a text that is printed', () => {
  it.each([
    ['a.js', "console.error('cannot reach', host)", 'log', ['cannot reach']],
    ['a.js', "req.log.info({ err }, 'request done')", 'log', ['request done']],
    ['a.js', "process.stderr.write('going down\\n')", 'log', ['going down\n']],
    ['a.js', "reject(createError(404, 'no such order'))", 'throw', ['no such order']],
    ['a.js', 'throw Object.assign(new Error(`a ${x} b`), { code })', 'throw', ['a ', ' b']],
    ['a.js', "assert(total > 0, 'total must be positive')", 'throw', ['total must be positive']],
    ['a.js', "res.status(400).json({ error: 'name is missing' })", 'text', ['name is missing']],
    ['a.js', "const LOST = 'connection lost';", 'text', ['connection lost']],
    ['a.ts', 'this.logger?.debug(`took ${ms} ms`)', 'log', ['took ', ' ms']],
    ['a.py', 'print("retry", n, file=sys.stderr)', 'log', ['retry']],
    ['a.py', 'log.exception("cannot " "parse %(name)s", row)', 'log', ['cannot ', 'parse ']],
    ['a.py', 'sys.stderr.write("bad: {}\\n".format(x))', 'log', ['bad: ']],
    ['a.py', 'warnings.warn("old call", DeprecationWarning)', 'log', ['old call']],
    ['a.py', 'raise Http404("no such page")', 'throw', ['no such page']],
    ['a.py', 'assert x, f"x is {x}"', 'throw', ['x is ']],
    ['a.go', 'package a\nvar E = errors.New("no rows")', 'throw', ['no rows']],
    ['a.go', 'package a\nfunc f() { log.Fatalf("bind %s: %v", a, err) }', 'log', ['bind ']],
    ['a.go', 'package a\nfunc f() { l := zap.L(); logger.Info("up", zap.Int("n", 1)) }', 'log', ['up', 'n']],
    ['a.go', 'package a\nfunc f() { log.Error().Err(err).Msg("no way") }', 'log', ['no way']],
    ['a.go', 'package a\nfunc f() { fmt.Fprintf(os.Stderr, "usage: %s", x) }', 'log', ['usage: ']],
    ['A.java', 'class A { void f() { LOGGER.atWarn().log("slow: {}", x); } }', 'log', ['slow: ']],
    ['A.java', 'class A { void f() { System.err.println("no " + x); } }', 'log', ['no ']],
    [
      'A.java',
      'class A { void f() { throw new X(String.format("id %d gone", x)); } }',
      'throw',
      ['id ', ' gone'],
    ],
    ['A.java', 'class A { void f() { Objects.requireNonNull(x, "x is null"); } }', 'throw', ['x is null']],
    ['a.rb', "fail 'no such job'", 'throw', ['no such job']],
    ['a.rb', 'Rails.logger.error("job %s died" % id)', 'log', ['job ', ' died']],
    ['a.rb', 'logger.info { "done #{n}" }', 'log', ['done ']],
    ['a.rb', 'warn <<~T\n  it #{x} broke\nT\n', 'text', ['\n  it ', ' broke\n']],
  ])('%s: %s', async (file, text, by, parts) => {
    expect((await outlineOf(file, text)).printed).toMatchObject([{ by, parts }]);
  });

  it.each([
    ['a.py', 'def f():\n    """Says what it does."""\n'],
    ['a.js', "'use strict';"],
    ['a.js', "const kind = 'order';"],
    ['a.go', 'package a\nimport "net/http"'],
  ])('is no docstring, directive, single word or import: %s: %s', async (file, text) => {
    expect((await outlineOf(file, text)).printed).toEqual([]);
  });

  it('of a callback is not that of the call that it is handed to', async () => {
    const text = "log.info('begin', () => {\n  throw new Error('within');\n});\n";
    expect((await outlineOf('a.js', text)).printed).toEqual([
      { by: 'log', line: 1, parts: ['begin'] },
      { by: 'throw', line: 2, parts: ['within'] },
    ]);
  });
});

describe('a route', () => {
  it.each([
    ['a.js', "app.get('/a/:id', show)", 'GET', '/a/:id', null],
    ['a.js', "fastify.route({ method: 'PUT', url: '/a', handler })", 'PUT', '/a', null],
    ['a.js', "const table = { 'GET /a': show }", 'GET', '/a', null],
    ['a.js', "switch (path) { case '/a': return show(); }", null, '/a', null],
    ['a.js', 'if (/^\\/a\\/(\\d+)$/.test(path)) show();', null, '/a/(d+)', null],
    ['a.rb', 'get %r{^/a/(.*)} do\nend', 'GET', '/a/(.*)', null],
    ['a.js', "router.use('/a', auth)", null, '/a', null],
    ['a.js', 'app.get(`/${version}/a`, show)', 'GET', '/*/a', null],
    ['a.ts', "@Controller() class C { @Get('a') show() {} }", 'GET', '/a', 'C.show'],
    ['a.ts', "@Controller('/b') class C { @Get() list() {} }", 'GET', '/b', 'C.list'],
    [
      'a.py',
      '@bp.route("/a/<int:id>", methods=["POST"])\n@login\ndef show(id): pass',
      'POST',
      '/a/<int:id>',
      'show',
    ],
    ['a.py', '@router.get("/a/{id}")\nasync def show(id): pass', 'GET', '/a/{id}', 'show'],
    ['urls.py', "urlpatterns = [path('a/<int:id>/', views.show)]", null, '/a/<int:id>/', null],
    ['urls.py', "urlpatterns = [re_path(r'^a/$', views.show)]", null, '/a/', null],
    ['a.go', 'package a\nfunc f() { r.GET("/a/:id", show) }', 'GET', '/a/:id', null],
    ['a.go', 'package a\nfunc f() { http.Handle("GET /a", h) }', 'GET', '/a', null],
    ['A.java', 'class A { @RequestMapping(value = "/a") void show() {} }', null, '/a', 'A.show'],
    ['A.java', '@RequestMapping("/b") class A { @DeleteMapping void drop() {} }', 'DELETE', '/b', 'A.drop'],
    ['A.java', '@Path("/b") class A { @GET @Path("a") void show() {} }', null, '/b/a', 'A.show'],
    ['routes.rb', "get 'a/:id', to: 'as#show'", 'GET', '/a/:id', null],
    ['app.rb', "get '/a' do\n  show\nend", 'GET', '/a', null],
  ])('%s: %s', async (file, text, ...[method, path, handler]) => {
    expect((await outlineOf(file, text)).routes).toMatchObject([{ method, path, handler }]);
  });

  it('is not every text with a slash', async () => {
    const { routes } = await outlineOf('a.js', "const a = 'a/b'; const d = '// no'; say('/ a');");
    expect(routes).toEqual([]);
  });
});

describe('a metric', () => {
  it.each([
    ['a.js', "new Gauge({ help: 'h', name: 'queue_size' })", 'queue_size'],
    ['a.js', "meter.createHistogram('http.duration', { unit: 'ms' })", 'http.duration'],
    ['a.js', "statsd.increment('orders.paid')", 'orders.paid'],
    ['a.py', 'Histogram("latency_seconds", "Latency", ["path"])', 'latency_seconds'],
    ['a.py', 'meter.create_up_down_counter("pool.used")', 'pool.used'],
    [
      'a.go',
      'package a\nvar m = promauto.NewGaugeVec(prometheus.GaugeOpts{Namespace: "app", Name: "depth"}, l)',
      'app_depth',
    ],
    ['a.go', 'package a\nvar m, _ = meter.Int64Counter("jobs.done")', 'jobs.done'],
    ['A.java', 'class A { Timer t = Timer.builder("db.time").register(r); }', 'db.time'],
    ['A.java', 'class A { void f() { meterRegistry.counter("paid").increment(); } }', 'paid'],
    ['A.java', 'class A { @Timed("slow") void f() {} }', 'slow'],
    ['a.rb', "Prometheus::Client::Counter.new(:x); metrics.gauge('heap')", 'heap'],
  ])('%s: %s', async (file, text, name) => {
    expect((await outlineOf(file, text)).metrics).toMatchObject([{ name }]);
  });
});
