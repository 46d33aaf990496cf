import { z } from 'zod';
import type { Language } from '../../domain/trace.ts';
import type { Files } from '../../ports/files.ts';
import { below } from '../language/layout.ts';

const MANIFESTS: Readonly<Record<Language, readonly string[]>> = {
  javascript: ['package.json'],
  typescript: ['package.json'],
  python: ['pyproject.toml', 'requirements.txt', 'setup.cfg', 'setup.py', 'Pipfile'],
  go: ['go.mod'],
  java: ['pom.xml', 'build.gradle', 'build.gradle.kts', 'gradle/libs.versions.toml'],
  ruby: ['Gemfile', 'gems.rb'],
};

/** Libraries by which a signal can be emitted, and what in a manifest says that they are there. */
const LIBRARIES: Readonly<
  Record<Exclude<Language, 'javascript' | 'typescript'>, readonly (readonly [string, RegExp])[]>
> = {
  python: [
    ['prometheus-client', /\bprometheus[-_]client\b/i],
    ['opentelemetry-api', /\bopentelemetry-(api|sdk)\b/i],
  ],
  go: [
    [
      'github.com/prometheus/client_golang',
      /^\s*(require\s+)?github\.com\/prometheus\/client_golang\s(?!.*indirect)/m,
    ],
    ['go.opentelemetry.io/otel', /^\s*(require\s+)?go\.opentelemetry\.io\/otel\s(?!.*indirect)/m],
    ['log/slog', /^go\s+1\.(2[1-9]|[3-9]\d)/m],
  ],
  java: [
    ['micrometer', /\bmicrometer\b|\bspring-boot-starter-actuator\b/],
    ['opentelemetry-api', /\bopentelemetry-api\b/],
  ],
  ruby: [
    ['prometheus-client', /^\s*gem\s*\(?\s*['"]prometheus-client['"]/m],
    ['opentelemetry-metrics-api', /^\s*gem\s*\(?\s*['"]opentelemetry-metrics-(api|sdk)['"]/m],
    ['rails', /^\s*gem\s*\(?\s*['"]rails['"]/m],
  ],
};

/** Libraries that the manifests of a package declare, or those of the root for it. */
export async function declaredLibraries(
  language: Language,
  dir: string,
  files: Pick<Files, 'read'>,
): Promise<ReadonlySet<string>> {
  const dirs = [...new Set([dir, ''])];
  const names = dirs.flatMap((at) => MANIFESTS[language].map((name) => below(at, name)));
  const texts = (await Promise.all(names.map((name) => files.read(name)))).filter((text) => text !== null);
  if (language === 'javascript' || language === 'typescript') return new Set(texts.flatMap(dependenciesOf));
  return new Set(
    LIBRARIES[language].filter(([, said]) => texts.some((text) => said.test(text))).map(([name]) => name),
  );
}

const packageSchema = z.object({ dependencies: z.record(z.string(), z.unknown()).catch({}) });

/** Only what the program has when it runs. */
function dependenciesOf(text: string): readonly string[] {
  try {
    return Object.keys(packageSchema.parse(JSON.parse(text)).dependencies);
  } catch {
    return []; // no manifest that npm would read
  }
}
