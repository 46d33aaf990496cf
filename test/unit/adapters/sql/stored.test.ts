import { describe, expect, it } from 'vitest';
import { storedDiagnosis, storedFix } from '../../../../src/adapters/sql/stored.ts';
import { diagnosisToView, fixToView } from '../../../../src/contract/to-view.ts';
import { diagnosisView, fixView } from '../../../../src/contract/views.ts';
import { diagnosisFor, fixFor } from '../../../support/nouns.ts';

const ANOMALY = '1b2c3d4e-0000-5000-8000-000000000001';

describe('what an earlier build has written', () => {
  it('is a diagnosis without hypotheses, whose claims are likely', () => {
    const { hypotheses: _, claims, ...old } = diagnosisFor(ANOMALY);
    const written = { ...old, claims: claims.map(({ text, restsOn }) => ({ text, restsOn })) };
    const read = storedDiagnosis(JSON.stringify(written));
    expect(read).toMatchObject({ hypotheses: [], claims: [{ sure: 'likely' }] });
    expect(diagnosisView.parse(diagnosisToView(read)).id).toBe(read.id);
  });

  it('is a fix whose checks say only whether they held', () => {
    const { monitoring: _, proof, ...old } = fixFor(diagnosisFor(ANOMALY));
    const checks = [
      { name: 'tamper', ok: true, detail: 'nothing weakened' },
      { name: 'suite', ok: false, detail: 'newly failing' },
    ];
    const { knownFailures: _known, flaky: _flaky, ...held } = proof ?? { knownFailures: [], flaky: [] };
    const read = storedFix(JSON.stringify({ ...old, proof: { ...held, checks } }));
    expect(read.proof?.checks.map(({ result }) => result)).toEqual(['ok', 'failed']);
    expect(fixView.parse(fixToView(read)).id).toBe(read.id);
  });

  it('is as it was where nothing is missing', () => {
    const diagnosis = diagnosisFor(ANOMALY);
    expect(storedDiagnosis(JSON.stringify(diagnosis))).toEqual(diagnosis);
    const fix = fixFor(diagnosis);
    expect(storedFix(JSON.stringify(fix))).toEqual(fix);
  });
});
