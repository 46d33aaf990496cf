import { describe, expect, it } from 'vitest';
import { apiUrlOf, parseRemote, pushUrlOf } from '../../../../src/adapters/github/remote.ts';

const shop = { host: 'github.com', owner: 'acme', name: 'shop' };

describe('a remote', () => {
  it.each([
    'https://github.com/acme/shop.git',
    'https://github.com/acme/shop',
    'https://github.com/acme/shop/',
    'https://user:ghp_secret@github.com/acme/shop.git',
    'https://www.github.com/acme/shop',
    'git@github.com:acme/shop.git',
    'github.com:acme/shop',
    'ssh://git@github.com/acme/shop.git',
    'ssh://git@ssh.github.com:443/acme/shop.git',
    'git://github.com/acme/shop.git',
    'git+ssh://git@github.com/acme/shop.git',
    ' git@GitHub.com:acme/shop.git\n',
  ])('is read from %s', (url) => {
    expect(parseRemote(url)).toEqual(shop);
  });

  it.each([
    ['git@git.corp.example:team/my.app.git', { host: 'git.corp.example', owner: 'team', name: 'my.app' }],
    ['https://git.corp.example:8443/team/app', { host: 'git.corp.example:8443', owner: 'team', name: 'app' }],
    ['ssh://git@git.corp.example:2222/team/app', { host: 'git.corp.example', owner: 'team', name: 'app' }],
  ])('may be on a server of one owns: %s', (url, remote) => {
    expect(parseRemote(url)).toEqual(remote);
  });

  it.each([
    '/srv/git/shop.git',
    '../shop',
    './a:b/c',
    'C:\\work\\shop',
    'file:///srv/git/shop.git',
    'https://github.com/acme',
    'https://github.com/acme/shop/tree/main',
    'https://github.com/acme/..',
    'git@github.com:shop.git',
    'https://',
    '',
  ])('is none in %j', (url) => {
    expect(parseRemote(url)).toBeNull();
  });
});

it('is pushed to over https, without credentials', () => {
  expect(pushUrlOf(shop)).toBe('https://github.com/acme/shop.git');
});

it.each([
  ['github.com', 'https://api.github.com'],
  ['acme.ghe.com', 'https://api.acme.ghe.com'],
  ['git.corp.example', 'https://git.corp.example/api/v3'],
])('the API of %s is %s', (host, url) => {
  expect(apiUrlOf({ host })).toBe(url);
});
