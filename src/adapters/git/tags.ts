import type { Tag } from '../../ports/repository.ts';

const FORMAT =
  '--format=%(refname:strip=2)%1f%(creatordate:unix)%1f%(objectname)%1f%(*objectname)%1f%(contents:subject)';

/** Arguments of git for the newest tags. */
export function tagArgs(limit: number): readonly string[] {
  return ['for-each-ref', '--sort=-creatordate', `--count=${limit}`, FORMAT, 'refs/tags'];
}

/** What git answers to `tagArgs`. An annotated tag points to its commit (`*objectname`); a light one is its commit. */
export function tagsOf(out: string): readonly Tag[] {
  return out.split('\n').flatMap((row) => {
    const [name = '', seconds = '', object = '', target = '', subject = ''] = row.split('\x1f');
    return name === '' ? [] : [{ name, commit: target || object, date: Number(seconds) * 1000, subject }];
  });
}
