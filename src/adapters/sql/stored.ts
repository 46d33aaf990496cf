import type { Claim, Diagnosis } from '../../domain/diagnosis.ts';
import type { Check, Fix, Proof } from '../../domain/fix.ts';

/** What was written by a build that knew less: a part that is missing here is filled in as that build would have meant it. */
type Earlier<T, Later extends keyof T> = Omit<T, Later> & Partial<Pick<T, Later>>;

type EarlierDiagnosis = Omit<Earlier<Diagnosis, 'hypotheses' | 'unanswered'>, 'claims'> & {
  readonly claims: readonly Earlier<Claim, 'sure'>[];
};

type EarlierCheck = Earlier<Check, 'result' | 'durationMs'> & { readonly ok?: boolean };

type EarlierProof = Omit<Earlier<Proof, 'knownFailures' | 'flaky'>, 'checks'> & {
  readonly checks: readonly EarlierCheck[];
};

type EarlierFix = Omit<Earlier<Fix, 'monitoring'>, 'proof'> & { readonly proof: EarlierProof | null };

/** A diagnosis from its JSON, which is our own writing, of this build or an earlier one. */
export function storedDiagnosis(json: string): Diagnosis {
  const read = JSON.parse(json) as EarlierDiagnosis;
  const claims = read.claims.map((claim) => ({ ...claim, sure: claim.sure ?? 'likely' }));
  return { hypotheses: [], unanswered: false, ...read, claims };
}

/** The same for a fix with its proof. */
export function storedFix(json: string): Fix {
  const read = JSON.parse(json) as EarlierFix;
  return { monitoring: null, ...read, proof: read.proof === null ? null : proofOf(read.proof) };
}

function proofOf(read: EarlierProof): Proof {
  const checks = read.checks.map(({ ok, ...check }): Check => {
    return { durationMs: 0, result: ok === false ? 'failed' : 'ok', ...check };
  });
  return { knownFailures: [], flaky: [], ...read, checks };
}
