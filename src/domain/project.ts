import type { Language } from './trace.ts';

export type TestFramework =
  | 'node:test'
  | 'vitest'
  | 'jest'
  | 'mocha'
  | 'pytest'
  | 'unittest'
  | 'go test'
  | 'junit4'
  | 'junit5'
  | 'minitest'
  | 'rspec';

export type PackageManager =
  | 'npm'
  | 'pnpm'
  | 'yarn'
  | 'bun'
  | 'pip'
  | 'poetry'
  | 'uv'
  | 'pipenv'
  | 'pdm'
  | 'go'
  | 'maven'
  | 'gradle'
  | 'bundler';

/** Web and UI frameworks that VigilAI knows. */
export type Framework =
  | 'react'
  | 'vue'
  | 'angular'
  | 'express'
  | 'fastify'
  | 'nest'
  | 'next'
  | 'django'
  | 'flask'
  | 'fastapi'
  | 'net/http'
  | 'gin'
  | 'echo'
  | 'spring-boot'
  | 'micronaut'
  | 'rails'
  | 'sinatra';

/** A fact about a project that was read or guessed. What is only guessed is never stated as certain. */
export interface Told<T> {
  readonly value: T;
  readonly certain: boolean;
  /** What it was read from, such as `package.json: devDependencies.vitest`. */
  readonly because: string;
}

/** One package of a repository: a folder with a manifest, or, where there is none, the root. */
export interface Project {
  /** Relative to the root, '' for the root itself. */
  readonly dir: string;
  readonly language: Told<Language>;
  /** Of the runtime or language, as the manifest says it: `>=22`, `3.11`, `1.21`, `17`. */
  readonly languageVersion: Told<string> | null;
  readonly frameworks: readonly Told<Framework>[];
  readonly packageManager: Told<PackageManager> | null;
  /** `tsc`, `vite`, `webpack`, `setuptools`, `maven`, `gradle`, `rake` and the like. */
  readonly buildTool: Told<string> | null;
  readonly tests: Told<TestFramework> | null;
}
