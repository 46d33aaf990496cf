import { expect, it } from 'vitest';
import { pathsOf, type Surroundings } from '../../../src/config/paths.ts';

const around: Surroundings = { env: {}, platform: 'linux', home: '/home/ada', tmp: '/tmp', uid: 1000 };

it('keeps the state of two workspaces apart', () => {
  const one = pathsOf('/work/one', around);
  const two = pathsOf('/work/two', around);
  expect(one.state).toMatch(/^\/home\/ada\/\.local\/state\/vigilai\/[0-9a-f]{12}$/);
  expect(one.state).not.toBe(two.state);
  expect(one.socket).not.toBe(two.socket);
});

it('follows the XDG folders', () => {
  const env = { XDG_STATE_HOME: '/s', XDG_CONFIG_HOME: '/c', XDG_RUNTIME_DIR: '/run/user/1000' };
  const paths = pathsOf('/work/one', { ...around, env });
  expect(paths.database.startsWith('/s/vigilai/')).toBe(true);
  expect(paths.secrets).toBe('/c/vigilai/secrets');
  expect(paths.socket.startsWith('/run/user/1000/vigilai/')).toBe(true);
});

it('gives another state folder another socket', () => {
  const other = pathsOf('/work/one', { ...around, env: { XDG_STATE_HOME: '/other' } });
  expect(other.socket).not.toBe(pathsOf('/work/one', around).socket);
});

it('keeps the socket short however long the folders are', () => {
  const deep = `/${'very-long-folder/'.repeat(20)}`;
  const env = { XDG_RUNTIME_DIR: deep, XDG_STATE_HOME: deep };
  expect(pathsOf(deep, { ...around, env }).socket.length).toBeLessThanOrEqual(100);
  expect(pathsOf(deep, { ...around, tmp: deep }).socket.length).toBeLessThanOrEqual(100);
});

it('takes a named pipe on Windows', () => {
  expect(pathsOf('C:\\work', { ...around, platform: 'win32', uid: null }).socket).toMatch(
    /^\\\\\.\\pipe\\vigilai-/,
  );
});
