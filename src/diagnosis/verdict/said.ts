import type { Claim, Hypothesis } from '../../domain/diagnosis.ts';
import { MOST_STANDING } from './hypotheses.ts';

/** A hypothesis of a model, whose claims have passed the evidence gate. */
export type Said = Pick<Hypothesis, 'text' | 'for' | 'against'>;

/**
 * The hypotheses with what a model said. Where it speaks of one that stands already, that one gets its claims; else its
 * own comes last, as long as there is room. It favours none, confirms none and takes none back.
 */
export function withSaid(found: readonly Hypothesis[], said: readonly Said[]): readonly Hypothesis[] {
  return said.reduce(withOne, found);
}

function withOne(all: readonly Hypothesis[], said: Said): readonly Hypothesis[] {
  const stands = all.filter(({ standing }) => standing !== 'ruled_out');
  const same = stands.find((one) => isAboutTheSame(one, said));
  if (same !== undefined) return all.map((one) => (one === same ? withClaims(one, said) : one));
  if (stands.length >= MOST_STANDING) return all;
  return [...stands, { ...said, standing: 'possible' }, ...all.filter((one) => !stands.includes(one))];
}

/** Two hypotheses that rest on the same things beside the event itself. */
function isAboutTheSame(one: Said, other: Said): boolean {
  const [mine, its] = [one, other].map((hypothesis) => telling(hypothesis.for));
  if (mine === undefined || its === undefined || mine.size === 0 || its.size === 0) return false;
  const [fewer, more] = mine.size <= its.size ? [mine, its] : [its, mine];
  return [...fewer].every((id) => more.has(id));
}

function telling(claims: readonly Claim[]): ReadonlySet<string> {
  return new Set(claims.flatMap(({ restsOn }) => restsOn).filter((id) => id !== 'E1'));
}

function withClaims(one: Hypothesis, said: Said): Hypothesis {
  const fresh = (more: readonly Claim[], known: readonly Claim[]) =>
    more.filter(({ text }) => known.every((claim) => claim.text !== text));
  return {
    ...one,
    for: [...one.for, ...fresh(said.for, one.for)],
    against: [...one.against, ...fresh(said.against, one.against)],
  };
}
