import type { Anomaly } from '../../domain/anomaly.ts';
import type { CodeLocation } from '../../domain/diagnosis.ts';
import type { Match, Repository } from '../../ports/repository.ts';
import { settingsRead } from '../environment.ts';
import { type Candidate, numbered } from './candidate.ts';
import { NEXT, WORTH } from './weights.ts';

const MOST_NAMES = 8;
const MOST_MATCHES = 200;
const MOST_LINES = 6;
const LONGEST_LINE = 160;

/** A setting that the evidence names, and where tracked configuration speaks of it. */
interface Setting {
  readonly name: string;
  /** Code reads it from the environment. */
  readonly isRead: boolean;
  readonly lines: readonly Match[];
}

/**
 * What tracked configuration files say of the settings that the evidence names: their names in messages and in the code of
 * the suspects. Values pass the redaction door, and those of `.env` files are not told at all.
 */
export async function configurationItems(
  anomaly: Anomaly,
  suspects: readonly CodeLocation[],
  repository: Repository | null,
): Promise<readonly Candidate[]> {
  if (repository === null) return [];
  const read = new Set(suspects.flatMap(({ excerpt }) => settingsRead(excerpt ?? '')));
  const names = [...new Set([...read, ...named(`${anomaly.title}\n${anomaly.sample.text}`)])].slice(
    0,
    MOST_NAMES,
  );
  const settings = await Promise.all(
    names.map(async (name) => ({ name, isRead: read.has(name), lines: await linesNaming(name, repository) })),
  );
  const telling = settings.filter(({ isRead, lines }) => isRead || lines.length > 0);
  return numbered(
    'F',
    telling.map((setting, i) => ({
      kind: 'config',
      title: `setting ${setting.name}`,
      time: null,
      text: settingText(setting),
      weight: WORTH.configuration * NEXT ** i,
    })),
  );
}

/** `DATABASE_URL`, `spring.datasource.url`: what only settings are called. */
const NAMES = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*){2,5}\b/g;

function named(text: string): readonly string[] {
  return [...text.slice(0, 10_000).matchAll(NAMES)].map(([name]) => name);
}

const CONFIG_FILE =
  /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|Dockerfile[\w.-]*|Procfile|[\w.-]+\.(?:ya?ml|toml|ini|cfg|conf|properties|env|tfvars)|(?:appsettings|config|settings)[\w.-]*\.json)$|(?:^|\/)(?:config|conf|settings|deploy|k8s|helm)\/[^]*\.json$/;
const NOT_CONFIG =
  /(?:^|\/)(?:pnpm-lock\.yaml|\.gitlab-ci\.yml|mkdocs\.yml)$|(?:^|\/)(?:node_modules|vendor|test|tests|docs)\//;

async function linesNaming(name: string, repository: Repository): Promise<readonly Match[]> {
  const matches = await repository.grep(name, MOST_MATCHES);
  const whole = new RegExp(`(?<![\\w.-])${name.replaceAll('.', '\\.')}(?![\\w.-])`);
  return matches.filter(
    ({ file, text }) => CONFIG_FILE.test(file) && !NOT_CONFIG.test(file) && whole.test(text),
  );
}

function settingText({ name, isRead, lines }: Setting): string {
  if (lines.length === 0)
    return `${name} is read from the environment; no tracked configuration file sets it.`;
  const shown = lines
    .slice(0, MOST_LINES)
    .map(({ file, line, text }) => `${file}:${line}: ${valueHidden(file, text)}`);
  return [...(isRead ? [`${name} is read from the environment.`] : []), ...shown].join('\n');
}

/** Whoever commits a `.env` file has secrets in it under any name. */
function valueHidden(file: string, line: string): string {
  const text = line.trim().slice(0, LONGEST_LINE);
  return /(?:^|\/|\.)env(?:\.|$)/.test(file) ? text.replace(/[=:].*$/, '=(value not told)') : text;
}
