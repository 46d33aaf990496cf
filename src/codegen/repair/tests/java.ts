import { posix } from 'node:path';
import { importsOf, stemOf } from './neighbour.ts';
import { calledIn, type NewFile, type TestSpec } from './spec.ts';

/** JUnit 5, or 4 where the project's tests or its pom say so. */
export function javaTest(spec: TestSpec): NewFile {
  const { source, entry, name, neighbour, manifest } = spec;
  const isFour =
    /org\.junit\.Test\b/.test(neighbour?.text ?? '') || (neighbour === null && !/jupiter/.test(manifest));
  const title = `${stemOf(source.file)}${name.charAt(0).toUpperCase()}${name.slice(1)}RepairTest`;
  const folder = posix.dirname(source.file).replace(/(^|\/)src\/main\//, '$1src/test/');
  const packageLine = importsOf(source).find((line) => line.startsWith('package '));
  const asserts = isFour ? 'org.junit.Assert' : 'org.junit.jupiter.api.Assertions';
  const lines = [
    ...(packageLine === undefined ? [] : [packageLine, '']),
    `import static ${asserts}.*;`,
    '',
    `import ${isFour ? 'org.junit.Test' : 'org.junit.jupiter.api.Test'};`,
    '',
    `public class ${title} {`,
    `    // ${spec.title}.`,
    '    @Test',
    `    public void ${entry.routine.name}Repair() {`,
    `        ${claimOf(spec, isFour)}`,
    '    }',
    '}',
    '',
  ];
  return { file: posix.join(folder, `${title}.java`), text: lines.join('\n') };
}

function claimOf({ entry, source, ...spec }: TestSpec, isFour: boolean): string {
  const call = calledIn({ entry, source, ...spec }, (owner, args) => `new ${owner}(${args})`);
  const { gives, routine } = entry;
  const value = gives === null || gives === 'a number' ? '' : source.dialect.writing.value(gives);
  if (value === 'null') return `assertNull(${call});`;
  if (value === 'true' || value === 'false') return `assert${value === 'true' ? 'True' : 'False'}(${call});`;
  if (value === '')
    return isFour || routine.gives === 'void' ? `${call};` : `assertDoesNotThrow(() -> ${call});`;
  const isInexact = routine.gives === 'double' || routine.gives === 'float';
  return `assertEquals(${value}, ${call}${isInexact ? ', 1e-9' : ''});`;
}
