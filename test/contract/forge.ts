import { describe, expect, it } from 'vitest';
import { VigilError } from '../../src/domain/errors.ts';
import { redact } from '../../src/domain/redact.ts';
import type { Forge, ProposedPull } from '../../src/ports/repository.ts';

/** A forge with a checkout behind it. */
export interface ForgeBench {
  readonly forge: Forge;
  /** The same forge with a token that nobody knows. */
  readonly stranger: Forge;
  /** Makes a commit as VigilAI does and answers its sha. */
  readonly commit: (text: string) => string;
  /** Title, body and state of all open pull requests. */
  readonly pulls: () => Promise<
    readonly { readonly title: string; readonly body: string | null; readonly draft: boolean }[]
  >;
  close(): Promise<void>;
}

export const BRANCH = 'vigilai/division-by-zero';

export const PROPOSAL: ProposedPull = {
  branch: BRANCH,
  base: 'main',
  title: 'fix: division by zero (div.mjs)',
  body: redact('## Why\n\nIt divided by zero.\n'),
  reviewers: [],
};

/** The code with which it was refused. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof VigilError ? error.code : String(error);
}

/** What holds for every forge. */
export function forgeContract(name: string, open: () => Promise<ForgeBench>): void {
  describe(name, () => {
    const sentence = (title: string, work: (bench: ForgeBench) => Promise<void>) =>
      it(title, async () => {
        const bench = await open();
        try {
          await work(bench);
        } finally {
          await bench.close();
        }
      });

    sentence('opens one draft pull request, however often it is asked', async ({ forge, commit, pulls }) => {
      const sha = commit('a');
      await forge.push(BRANCH, sha);
      const first = await forge.ensurePull(PROPOSAL);
      await forge.push(BRANCH, sha);
      const second = await forge.ensurePull(PROPOSAL);
      expect(first.change).toBe('created');
      expect(second).toEqual({ ...first, change: 'unchanged' });
      expect(await pulls()).toMatchObject([{ title: PROPOSAL.title, draft: true }]);
    });

    sentence('updates it when the text has changed', async ({ forge, commit, pulls }) => {
      await forge.push(BRANCH, commit('a'));
      await forge.ensurePull(PROPOSAL);
      const better = { ...PROPOSAL, body: redact('## Why\n\nNow we know better.\n') };
      expect(await forge.ensurePull(better)).toMatchObject({ change: 'updated' });
      expect(await forge.ensurePull(better)).toMatchObject({ change: 'unchanged' });
      const open = await pulls();
      expect(open).toHaveLength(1);
      expect(open[0]?.body).toContain('Now we know better.');
    });

    sentence('refuses a branch that is not ours', async ({ forge, commit }) => {
      expect(await codeOf(forge.push('main', commit('a')))).toBe('refused');
      expect(await codeOf(forge.push('vigilai/../main', commit('b')))).toBe('refused');
    });

    sentence('says that a token is not valid', async ({ stranger, commit }) => {
      expect(await codeOf(stranger.push(BRANCH, commit('a')))).toBe('forge_failed');
    });
  });
}
