import type { Framework, Project, TestFramework, Told } from '../../domain/project.ts';
import { type Gem, gemsOf } from './gems.ts';
import { nameOf } from './layout.ts';
import { type Ecosystem, type Package, saidIn, sampleOf, textOf } from './package.ts';
import { agreed, certain, guessed } from './told.ts';

/** Ruby programs, gems and engines. */
export const ruby: Ecosystem = {
  isManifest: (file) => /^(Gemfile|gems\.rb|.*\.gemspec)$/.test(nameOf(file)),
  isSource: (file) => /\.(rb|ru|rake)$/.test(file),
  isTest: (file) => /(_test|_spec)\.rb$|(^|\/)test_[^/]*\.rb$|(^|\/)(test|spec)\/.*\.rb$/.test(file),
  describe,
};

async function describe(found: Package): Promise<Project> {
  const gems = await gemsOf(found);
  const sources = await sampleOf(found, found.sources);
  const frameworks = await frameworksOf(found, gems, sources);
  const files = found.sources.length + found.tests.length;
  return {
    dir: found.dir,
    language:
      found.hasManifest || files > 0
        ? certain('ruby', found.hasManifest ? 'Gemfile or gemspec' : `${files} sources`)
        : guessed('ruby', 'no sources'),
    languageVersion: await versionOf(found),
    frameworks,
    packageManager: found.hasManifest ? certain('bundler', 'Gemfile or gemspec') : null,
    buildTool: found.has('Rakefile') ? certain('rake', 'Rakefile') : null,
    tests: await testsOf(found, gems, frameworks),
  };
}

async function versionOf(found: Package): Promise<Told<string> | null> {
  const gemfile = await textOf(found, 'Gemfile');
  const said = /^\s*ruby\s*\(?\s*['"]([^'"]+)['"]/m.exec(gemfile)?.[1];
  if (said !== undefined) return certain(said, 'Gemfile: ruby');
  const file = await saidIn(found, ['.ruby-version']);
  if (file !== null) return certain(file.word.replace(/^ruby-/, ''), file.name);
  const spec = found.names.find((name) => /^[^/]+\.gemspec$/.test(name));
  const text = spec === undefined ? null : await found.read(spec);
  const required = /required_ruby_version\s*=\s*(?:Gem::Requirement\.new\(?\s*)?['"]([^'"]+)['"]/.exec(
    text ?? '',
  )?.[1];
  return required === undefined ? null : certain(required, `${spec}: required_ruby_version`);
}

async function frameworksOf(
  found: Package,
  gems: readonly Gem[],
  sources: readonly string[],
): Promise<readonly Told<Framework>[]> {
  const rails = await railsOf(found, gems);
  const sinatra = sinatraOf(found, gems, sources);
  if (rails === null) return sinatra === null ? [] : [sinatra];
  if (sinatra === null) return [rails];
  const isRequired = sinatra.because.startsWith('sources');
  return [
    rails,
    isRequired ? sinatra : guessed(sinatra.value, `${sinatra.because}, but nothing requires it`),
  ];
}

async function railsOf(found: Package, gems: readonly Gem[]): Promise<Told<Framework> | null> {
  const gem = gems.find((one) => !one.isForDevelopment && /^rail(s|ties)$/.test(one.name));
  if (gem !== undefined) return certain('rails', `${gem.file}: ${gem.name}`);
  const application = await textOf(found, 'config/application.rb');
  return application.includes('Rails::Application') ? certain('rails', 'config/application.rb') : null;
}

function sinatraOf(found: Package, gems: readonly Gem[], sources: readonly string[]): Told<Framework> | null {
  const gem = gems.find((one) => !one.isForDevelopment && one.name === 'sinatra');
  const isRequired = sources.some((text) => /^\s*require\s*\(?['"]sinatra(\/base)?['"]/m.test(text));
  if (!isRequired) return gem === undefined ? null : certain('sinatra', `${gem.file}: sinatra`);
  return gem !== undefined || !found.hasManifest
    ? certain('sinatra', 'sources require sinatra')
    : guessed('sinatra', 'sources require it, but the Gemfile does not name it');
}

/** Test files show what is run; without any, the gems. `test-unit` is none that VigilAI can run. */
async function testsOf(
  found: Package,
  gems: readonly Gem[],
  frameworks: readonly Told<Framework>[],
): Promise<Told<TestFramework> | null> {
  const evidence = [...specEvidence(found), ...(await testEvidence(found, frameworks))];
  if (evidence.length > 0) return agreed(evidence);
  if (found.tests.some((name) => /(^|\/)test\//.test(name)) && gems.some((gem) => gem.name === 'test-unit'))
    return null;
  const declared = agreed(
    gems.flatMap((gem): readonly Told<TestFramework>[] => {
      if (/^rspec(-rails|-core)?$/.test(gem.name)) return [certain('rspec', `${gem.file}: ${gem.name}`)];
      return gem.name === 'minitest' ? [certain('minitest', `${gem.file}: minitest`)] : [];
    }),
  );
  if (declared !== null) return declared;
  const isRails = frameworks.some((told) => told.value === 'rails' && told.certain);
  return isRails ? guessed('minitest', 'the default of Rails') : null;
}

function specEvidence(found: Package): readonly Told<TestFramework>[] {
  const spec = found.tests.find((name) => name.endsWith('_spec.rb'));
  if (spec !== undefined) return [certain('rspec', spec)];
  return found.has('.rspec') ? [certain('rspec', '.rspec')] : [];
}

async function testEvidence(
  found: Package,
  frameworks: readonly Told<Framework>[],
): Promise<readonly Told<TestFramework>[]> {
  const files = found.tests.filter((name) => !name.endsWith('_spec.rb') && !/(^|\/)spec\//.test(name));
  const cases = files.filter((name) => /(_test|(^|\/)test_(?!helper)[^/]*)\.rb$/.test(name));
  const texts = await sampleOf(found, files);
  if (
    texts.some((text) => /Minitest::|minitest\/|ActiveSupport::TestCase|rails\/test_help/.test(text)) &&
    cases.length > 0
  )
    return [certain('minitest', 'tests use minitest')];
  const isRails = frameworks.some((told) => told.value === 'rails' && told.certain);
  return isRails && cases.length > 0 ? [certain('minitest', `${cases[0]}, in Rails`)] : [];
}
