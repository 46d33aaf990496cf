import type { Framework, TestFramework } from '../../src/domain/project.ts';
import type { Language } from '../../src/domain/trace.ts';

type Manifest = (packages: readonly string[]) => readonly [name: string, text: string];

/** What projects of a language are put together from. The package is '' for what comes with the language. */
export interface Parts {
  readonly manifests: readonly Manifest[];
  readonly main: string;
  readonly test: string;
  readonly frameworks: readonly (readonly [Framework, pack: string, source: string])[];
  readonly tests: readonly (readonly [TestFramework, pack: string, source: string])[];
  readonly metrics: readonly [library: string, pack: string];
  /** What says something without a library. */
  readonly logs: readonly string[];
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
  logs: ['console.error'],
});

export const PARTS: Readonly<Record<Language, Parts>> = {
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
    logs: ['logging'],
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
    logs: ['log/slog'],
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
    logs: ['System.Logger'],
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
    logs: ['Rails.logger', 'warn'],
  },
};

function inMaven(id: string): string {
  const [group = '', artifact = ''] = id.split(':');
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId></dependency>`;
}
