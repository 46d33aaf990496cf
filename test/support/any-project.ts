import fc from 'fast-check';
import type { Framework, TestFramework } from '../../src/domain/project.ts';
import type { Language } from '../../src/domain/trace.ts';

/** A project that was put together, and what it is made of. */
export interface MadeProject {
  readonly dir: string;
  readonly language: Language;
  readonly framework: Framework | null;
  readonly tests: TestFramework;
  readonly hasTests: boolean;
  /** The library for metrics that it declares. */
  readonly metrics: string | null;
  readonly files: Readonly<Record<string, string>>;
}

type Manifest = (packages: readonly string[]) => readonly [name: string, text: string];

/** What projects of a language are put together from. The package is '' for what comes with the language. */
interface Parts {
  readonly manifests: readonly Manifest[];
  readonly main: string;
  readonly test: string;
  readonly frameworks: readonly (readonly [Framework, pack: string, source: string])[];
  readonly tests: readonly (readonly [TestFramework, pack: string, source: string])[];
  readonly metrics: readonly [library: string, pack: string];
}

const packageJson: Manifest = (packages) => [
  'package.json',
  JSON.stringify({ dependencies: Object.fromEntries(packages.map((name) => [name, '1.0.0'])) }),
];

const node = (ending: string): Parts => ({
  manifests: [packageJson],
  main: `src/main.${ending}`,
  test: `test/main.test.${ending}`,
  frameworks: (
    [
      ['react', 'react'],
      ['vue', 'vue'],
      ['angular', '@angular/core'],
      ['express', 'express'],
      ['fastify', 'fastify'],
      ['nest', '@nestjs/core'],
      ['next', 'next'],
    ] as const
  ).map(([framework, pack]) => [framework, pack, `import '${pack}';\n`]),
  tests: [
    ['node:test', '', "import { test } from 'node:test';\n"],
    ['vitest', 'vitest', "import { test } from 'vitest';\n"],
    ['jest', 'jest', "test('is', () => {});\n"],
    ['mocha', 'mocha', "it('is', () => {});\n"],
  ],
  metrics: ['prom-client', 'prom-client'],
});

const PARTS: Readonly<Record<Language, Parts>> = {
  javascript: node('js'),
  typescript: node('ts'),
  python: {
    manifests: [
      (packages) => ['requirements.txt', packages.map((name) => `${name}==1.0\n`).join('')],
      (packages) => [
        'pyproject.toml',
        `[project]\nname = "a"\nversion = "1"\ndependencies = ${JSON.stringify(packages)}\n`,
      ],
    ],
    main: 'app/main.py',
    test: 'tests/test_main.py',
    frameworks: [
      ['django', 'django', 'import django\n'],
      ['flask', 'flask', 'from flask import Flask\n'],
      ['fastapi', 'fastapi', 'from fastapi import FastAPI\n'],
    ],
    tests: [
      ['pytest', 'pytest', 'import pytest\n\ndef test_it():\n    pass\n'],
      ['unittest', '', 'import unittest\n\nclass TestIt(unittest.TestCase):\n    pass\n'],
    ],
    metrics: ['prometheus_client', 'prometheus-client'],
  },
  go: {
    manifests: [
      (packages) => [
        'go.mod',
        `module a\n\ngo 1.22\n\nrequire (\n${packages.map((name) => `\t${name} v1.0.0\n`).join('')})\n`,
      ],
    ],
    main: 'main.go',
    test: 'main_test.go',
    frameworks: [
      ['gin', 'github.com/gin-gonic/gin', 'package a\n\nimport "github.com/gin-gonic/gin"\n'],
      ['echo', 'github.com/labstack/echo/v4', 'package a\n\nimport "github.com/labstack/echo/v4"\n'],
      [
        'net/http',
        '',
        'package a\n\nimport "net/http"\n\nfunc serve() {\n\thttp.ListenAndServe(":80", nil)\n}\n',
      ],
    ],
    tests: [['go test', '', 'package a\n\nimport "testing"\n']],
    metrics: ['client_golang', 'github.com/prometheus/client_golang'],
  },
  java: {
    manifests: [
      (packages) => [
        'pom.xml',
        `<project><dependencies>${packages.map(inMaven).join('')}</dependencies></project>`,
      ],
      (packages) => [
        'build.gradle',
        `plugins { id 'java' }\ndependencies {\n${packages.map((id) => `  implementation '${id}:1.0'\n`).join('')}}\n`,
      ],
    ],
    main: 'src/main/java/a/Main.java',
    test: 'src/test/java/a/MainTest.java',
    frameworks: [
      [
        'spring-boot',
        'org.springframework.boot:spring-boot-starter-web',
        '@SpringBootApplication class Main {}\n',
      ],
      ['micronaut', 'io.micronaut:micronaut-http-server-netty', 'import io.micronaut.runtime.Micronaut;\n'],
    ],
    tests: [
      ['junit4', 'junit:junit', 'import org.junit.Test;\n'],
      ['junit5', 'org.junit.jupiter:junit-jupiter', 'import org.junit.jupiter.api.Test;\n'],
    ],
    metrics: ['micrometer', 'io.micrometer:micrometer-core'],
  },
  ruby: {
    manifests: [(packages) => ['Gemfile', packages.map((name) => `gem '${name}'\n`).join('')]],
    main: 'lib/main.rb',
    test: 'test/main_test.rb',
    frameworks: [
      ['rails', 'rails', "require 'rails'\n"],
      ['sinatra', 'sinatra', "require 'sinatra'\n"],
    ],
    tests: [
      ['minitest', 'minitest', "require 'minitest/autorun'\n\nclass MainTest < Minitest::Test\nend\n"],
      ['rspec', 'rspec', "RSpec.describe('it') {}\n"],
    ],
    metrics: ['prometheus-client', 'prometheus-client'],
  },
};

function inMaven(id: string): string {
  const [group = '', artifact = ''] = id.split(':');
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId></dependency>`;
}

/** What others wrote and lies in the project: it says nothing about it. */
const FOREIGN = {
  'node_modules/x/package.json': '{"dependencies":{"react":"1"}}',
  'vendor/y/Gemfile': "gem 'rails'\n",
  'testdata/z/requirements.txt': 'django\n',
  'testdata/z/main.py': 'import django\n',
};

const project = fc
  .constantFrom<Language>('javascript', 'typescript', 'python', 'go', 'java', 'ruby')
  .chain((language) => {
    const { manifests, frameworks, tests } = PARTS[language];
    return fc.record({
      language: fc.constant(language),
      dir: fc.constantFrom('', 'api', 'web', 'services/core'),
      manifest: fc.constantFrom(...manifests),
      framework: fc.option(fc.constantFrom(...frameworks)),
      tests: fc.constantFrom(...tests),
      hasTests: fc.boolean(),
      hasMetrics: fc.boolean(),
      hasForeign: fc.boolean(),
    });
  })
  .map(({ language, dir, manifest, framework, tests, hasTests, hasMetrics, hasForeign }): MadeProject => {
    const { main, test, metrics } = PARTS[language];
    const packages = [framework?.[1] ?? '', tests[1], hasMetrics ? metrics[1] : ''];
    const [name, text] = manifest(packages.filter((pack) => pack !== ''));
    const testFile = tests[0] === 'rspec' ? 'spec/main_spec.rb' : test;
    const files = {
      [name]: text,
      [main]: framework?.[2] ?? '',
      ...(hasTests ? { [testFile]: tests[2] } : {}),
      ...(hasForeign ? FOREIGN : {}),
    };
    return {
      dir,
      language,
      framework: framework?.[0] ?? null,
      tests: tests[0],
      hasTests,
      metrics: hasMetrics ? metrics[0] : null,
      files: Object.fromEntries(Object.entries(files).map(([path, said]) => [below(dir, path), said])),
    };
  });

/** One to three projects of one repository, each in a folder of its own. */
export const madeProjects: fc.Arbitrary<readonly MadeProject[]> = fc.uniqueArray(project, {
  minLength: 1,
  maxLength: 3,
  selector: ({ dir }) => dir,
});

function below(dir: string, path: string): string {
  return dir === '' ? path : `${dir}/${path}`;
}
