/**
 * argv: where the report goes, the one test to run (or ''), test files (none: those in the usual folders). Python 3.8
 * and newer. An error in `setUp` of a test or class, or while its module is loaded, is `errored`.
 */
export const UNITTEST_PROGRAM = `import importlib.util, json, os, sys, traceback, unittest

report, only, *files = sys.argv[1:]
sys.path.insert(0, os.getcwd())
out = open(report, 'w')


def say(file, name, outcome, message=''):
    out.write(json.dumps({'file': os.path.relpath(file), 'name': name, 'outcome': outcome, 'message': message}) + '\\n')
    out.flush()


def found():
    for top in ('.', 'test', 'tests'):
        for folder, folders, names in os.walk(top):
            folders[:] = [] if top == '.' else [f for f in folders if not f.startswith('.')]
            for name in sorted(names):
                if name.startswith('test') and name.endswith('.py') or name.endswith('_test.py'):
                    yield os.path.normpath(os.path.join(folder, name))


def loaded(file):
    folder, dotted = os.path.dirname(file), os.path.splitext(file)[0].replace(os.sep, '.')
    try:
        if os.path.exists(os.path.join(folder, '__init__.py')):
            return __import__(dotted, fromlist=['x'])
        sys.path.insert(0, os.path.abspath(folder))
        spec = importlib.util.spec_from_file_location(dotted, file)
        module = sys.modules[dotted] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    except unittest.SkipTest:
        return unittest
    except BaseException:
        say(file, file, 'errored', traceback.format_exc())
        return None


class Result(unittest.TestResult):
    def told(self, test, outcome, err=None, inner=''):
        file = sys.modules[type(test).__module__].__file__
        name = type(test).__name__ + '.' + test._testMethodName + inner
        message = '' if err is None else ''.join(traceback.format_exception(*err))
        say(file, name, outcome, message)

    def addSuccess(self, test):
        self.told(test, 'passed')

    def addSkip(self, test, reason):
        if hasattr(test, '_testMethodName'):
            self.told(test, 'skipped')

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.told(test, 'failed', err)

    def addError(self, test, err):
        super().addError(test, err)
        if not hasattr(test, '_testMethodName'):
            return say(current, str(test), 'errored', ''.join(traceback.format_exception(*err)))
        names = [frame.name for frame in traceback.extract_tb(err[2])]
        own = test._testMethodName in names
        aside = {'setUp', 'tearDown', 'asyncSetUp', 'asyncTearDown'} & set(names)
        self.told(test, 'errored' if aside and not own else 'failed', err)

    def addSubTest(self, test, sub, err):
        super().addSubTest(test, sub, err)
        if err is not None:
            self.told(test, 'failed', err, ' ' + sub._subDescription())

    def addExpectedFailure(self, test, err):
        self.told(test, 'skipped')

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.told(test, 'failed', None)


def wanted(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from wanted(test)
        elif not only or type(test).__name__ + '.' + test._testMethodName == only.split(' ')[0]:
            yield test


result = Result()
broken = False
for current in files or dict.fromkeys(found()):
    module = loaded(current)
    broken = broken or module is None
    if module is not None:
        tests = wanted(unittest.defaultTestLoader.loadTestsFromModule(module))
        unittest.TestSuite(tests).run(result)
out.close()
sys.exit(0 if result.wasSuccessful() and not broken else 1)
`;
