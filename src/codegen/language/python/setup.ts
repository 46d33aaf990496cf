import { iniSections } from './ini.ts';
import type { Declared } from './pyproject.ts';

/** What a setup.cfg declares. */
export function readSetupCfg(source: string): Declared {
  const sections = iniSections(source);
  const options = sections.get('options');
  const version = options?.get('python_requires') ?? null;
  return {
    main: (options?.get('install_requires') ?? '').split('\n'),
    more: [...(sections.get('options.extras_require')?.values() ?? [])].flatMap((list) => list.split('\n')),
    python: version === null ? null : { version, key: 'python_requires' },
  };
}

const LISTS = /(install_requires|tests_require|extras_require)\s*=\s*([[{][\s\S]*?[\]}])\s*[,)\n]/g;

/** What a setup.py declares, as far as it is written down and not computed. It is never run. */
export function readSetupPy(source: string): Declared {
  const main: string[] = [];
  const more: string[] = [];
  for (const [, key = '', list = ''] of source.matchAll(LISTS)) {
    const quoted = [...list.matchAll(/['"]([^'"]+)['"]/g)].map(([, name = '']) => name);
    (key === 'install_requires' ? main : more).push(...quoted);
  }
  const version = /python_requires\s*=\s*['"]([^'"]+)['"]/.exec(source)?.[1] ?? null;
  return { main, more, python: version === null ? null : { version, key: 'python_requires' } };
}
