import { pathToFileURL } from 'node:url';

/**
 * Settings that turn folders of this machine into all the repositories there are: the first answers for every
 * repository that a pom names, the others are asked after it.
 */
export function mavenSettings(repositories: readonly string[]): string {
  const [first, ...others] = repositories.map((folder) => pathToFileURL(folder).href);
  const ids = others.map((_, index) => `local${index + 2}`);
  const mirrored = ['*', ...ids.map((id) => `!${id}`)].join(',');
  const mirror = `<mirror><id>local1</id><mirrorOf>${mirrored}</mirrorOf><url>${first ?? 'file:///nowhere'}</url></mirror>`;
  const listed = (tag: string) =>
    others.map((url, index) => `<${tag}><id>${ids[index]}</id><url>${url}</url></${tag}>`).join('');
  return `<settings>
  <mirrors>${mirror}</mirrors>
  <profiles><profile><id>local</id>
    <repositories>${listed('repository')}</repositories>
    <pluginRepositories>${listed('pluginRepository')}</pluginRepositories>
  </profile></profiles>
  <activeProfiles><activeProfile>local</activeProfile></activeProfiles>
</settings>
`;
}
