import type { TestRequest } from '../../../ports/toolchain.ts';
import { methodOf } from './test-reports.ts';

/** `src/test/java/com/shop/OrderTest.java` -> `com.shop.OrderTest`. */
export function classOf(file: string): string {
  return file
    .replace(/^(.*\/)?src\/test\/[^/]+\//, '')
    .replace(/\.\w+$/, '')
    .replaceAll('/', '.');
}

/** Classes of the files, or the one test: its class, `separator` and its method. */
export function selected({ files, only }: TestRequest, separator: string): readonly string[] {
  if (only === null) return files.map(classOf);
  const outer = classOf(only.file);
  const [simple = '', method = ''] = only.name.split(/\.(.*)/s);
  return [`${outer.slice(0, outer.lastIndexOf('.') + 1)}${simple}${separator}${methodOf(method)}`];
}
