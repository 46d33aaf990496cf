import { globSync } from 'node:fs';

/** Where the source files of a build are: reports of the JVM name classes and packages only. */
export interface Sources {
  /** `com.shop.OrderTest$Inner` -> `src/test/java/com/shop/OrderTest.java`; the class itself where there is no file. */
  fileOf(className: string): string;
  /** `com/shop/Order.java` -> its path below `src/main`; null where there is none. */
  mainFile(path: string): string | null;
}

/** Paths are relative to `folder`, the root of the build. */
export function readSources(folder: string): Sources {
  const options = { cwd: folder, exclude: ['**/node_modules', '**/target', '**/build'] };
  const files = globSync('**/src/{main,test}/**/*.{java,kt,groovy}', options).sort();
  const isSource = (file: string, part: string, path: string) =>
    file.includes(`src/${part}/`) &&
    (file.endsWith(`/${path}`) || file.endsWith(`/${path}.java`) || file.endsWith(`/${path}.kt`));
  return {
    fileOf(className) {
      const path = className.replace(/\$.*$/, '').replaceAll('.', '/');
      return files.find((file) => isSource(file, 'test', path)) ?? className;
    },
    mainFile: (path) => files.find((file) => isSource(file, 'main', path)) ?? null,
  };
}
