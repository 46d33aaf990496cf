import { describe, expect, it } from 'vitest';
import { mapFrames } from '../../../src/diagnosis/frames.ts';
import { publishedPackages } from '../../../src/diagnosis/installed.ts';
import { codeOnPaper } from '../../support/code-on-paper.ts';

async function mapped(path: string, files: Readonly<Record<string, string>>) {
  const names = Object.keys(files);
  const packages = await publishedPackages(codeOnPaper(files), names);
  const frame = { file: path, line: 3, column: null, symbol: null, inApp: false };
  const trace = {
    language: 'javascript' as const,
    errorType: 'Error',
    message: 'x',
    frames: [frame],
    cause: null,
  };
  return mapFrames(trace, names, packages)[0]?.file ?? null;
}
const EXPRESS = { 'package.json': '{"name": "express"}', 'lib/router/index.js': '', 'index.js': '' };

describe('a frame of an installed package, in the repository that it is published from', () => {
  it.each([
    ['/app/node_modules/express/lib/router/index.js', EXPRESS, 'lib/router/index.js'],
    ['/app/node_modules/express/index.js', EXPRESS, 'index.js'],
    [
      '/app/node_modules/@shop/api/dist/orders.js',
      {
        'packages/api/package.json': '{"name": "@shop/api"}',
        'packages/api/src/orders.ts': '',
        'src/orders.ts': '',
      },
      'packages/api/src/orders.ts',
    ],
    [
      '/usr/lib/python3.9/site-packages/requests/models.py',
      { 'src/requests/models.py': '' },
      'src/requests/models.py',
    ],
    ['/bundle/gems/rack-2.2.3/lib/rack/request.rb', { 'lib/rack/request.rb': '' }, 'lib/rack/request.rb'],
    [
      '/go/pkg/mod/github.com/gorilla/mux@v1.8.0/route.go',
      { 'go.mod': 'module github.com/gorilla/mux\n', 'route.go': '' },
      'route.go',
    ],
    [
      'org/apache/commons/lang3/StringUtils.java',
      { 'src/main/java/org/apache/commons/lang3/StringUtils.java': '' },
      'src/main/java/org/apache/commons/lang3/StringUtils.java',
    ],
  ])('%s', async (path, files, file) => {
    expect(await mapped(path, files)).toBe(file);
  });

  it.each([
    ['/app/node_modules/other/index.js', EXPRESS],
    ['/usr/lib/python3.9/site-packages/flask/app.py', { 'app.py': '' }],
    [
      '/go/pkg/mod/github.com/other/mux@v1.8.0/route.go',
      { 'go.mod': 'module github.com/gorilla/mux\n', 'route.go': '' },
    ],
  ])('is not taken for a file of the repository that only has the same name: %s', async (path, files) => {
    expect(await mapped(path, files)).toBeNull();
  });
});
