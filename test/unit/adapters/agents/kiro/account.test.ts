import { expect, it } from 'vitest';
import { readAccount } from '../../../../../src/adapters/agents/kiro/probes.ts';

const said = (stdout: string, code = 0) => readAccount({ exit: 'code', code, stdout });

it('reads who is signed in', () => {
  expect(said('{"accountType":"ApiKey","email":null}\n')).toBe('ApiKey');
  expect(said('{"accountType":"IamIdentityCenter"}\nProfile: dev\n')).toBe('IamIdentityCenter');
  expect(said('Logged in with Builder ID\n')).toBe('Logged in with Builder ID');
});

it('reads that nobody is', () => {
  expect(said('{"account":null}', 1)).toBeNull();
  expect(said('{"account":null}')).toBeNull();
  expect(said('Not logged in')).toBeNull();
  expect(said('')).toBeNull();
  expect(readAccount({ exit: 'timeout', code: null, stdout: '' })).toBeNull();
});
