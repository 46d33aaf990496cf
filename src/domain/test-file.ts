const FOLDER = /(?:^|[\\/])(?:tests?|__tests__|specs?|e2e|testing|testdata)[\\/]/i;
const NAME =
  /(?:^|[\\/])(?:(?:test_|conftest)[^\\/]*\.py|tests?\.[a-z]+|test_[^\\/]*\.rb|[^\\/]*(?:_test\.(?:go|py|rb)|_spec\.rb|[.-](?:test|spec)\.[cm]?[jt]sx?|(?:Tests?|TestCase|IT|Spec)\.(?:java|kt|scala|groovy|cs)))$/;

/** A test, or what only tests use, as far as its path tells; by the conventions of all languages. */
export function isTestFile(path: string): boolean {
  return NAME.test(path) || FOLDER.test(path);
}

/** What a test is named after: `cart` of `test_cart.py`, `cart_test.go`, `CartTest.java`, `cart.spec.ts`; lower case. */
export function testedName(path: string): string {
  return path
    .slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
    .replace(/\.[^.]+$/, '')
    .replace(
      /^(?:[Tt]est(?:_|(?=[A-Z])))|(?:[._-](?:test|spec|tape|jest|node)|Tests?|TestCase|IT|Spec)+$/g,
      '',
    )
    .replaceAll(/[^\p{L}\d]/gu, '')
    .toLowerCase();
}
