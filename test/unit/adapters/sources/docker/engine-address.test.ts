import { describe, expect, it } from 'vitest';
import { engineAddress } from '../../../../../src/adapters/sources/docker/engine-address.ts';

describe('where the engine listens', () => {
  it.each([
    ['unix:///run/docker.sock', { socketPath: '/run/docker.sock', host: undefined, protocol: 'http' }],
    ['npipe:////./pipe/docker_engine', { socketPath: '//./pipe/docker_engine', host: undefined }],
    ['tcp://10.0.0.5', { socketPath: undefined, host: '10.0.0.5', port: 2375, protocol: 'http' }],
    ['10.0.0.5:4243', { host: '10.0.0.5', port: 4243, protocol: 'http' }],
    ['https://engine.example', { host: 'engine.example', port: 2376, protocol: 'https' }],
  ])('%s', (DOCKER_HOST, expected) => {
    expect(engineAddress(null, { DOCKER_HOST })).toMatchObject(expected);
  });

  it('is rather where the source says', () => {
    const address = engineAddress('unix:///own.sock', { DOCKER_HOST: 'tcp://other:1' });
    expect(address).toMatchObject({ socketPath: '/own.sock', host: undefined, port: undefined });
  });

  it('is a TLS port where Docker’s own client would take it for one', () => {
    const env = { DOCKER_HOST: 'tcp://10.0.0.5', DOCKER_TLS_VERIFY: '1' };
    expect(engineAddress(null, env)).toMatchObject({ protocol: 'https', port: 2376 });
  });

  it('is some socket where nothing is said', () => {
    expect(engineAddress(null, {}).socketPath).toMatch(/docker|podman/);
  });

  it.each(['ssh://me@host', 'fd://3', 'tcp://'])('cannot be %s', (DOCKER_HOST) => {
    expect(() => engineAddress(null, { DOCKER_HOST })).toThrow(/cannot be reached/);
  });
});
