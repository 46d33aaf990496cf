// The floors of ARCHITECTURE.md as a test. One map is the whole law: each floor names what it may import.
const PURE = [
  'domain',
  'ports',
  'contract',
  'detectors',
  'pipeline',
  'diagnosis',
  'codegen',
  'outcome',
  'workflow',
];

const may = {
  domain: [],
  ports: ['domain'],
  contract: ['domain'],
  detectors: ['domain'],
  pipeline: ['domain', 'detectors'],
  diagnosis: ['domain', 'ports'],
  codegen: ['domain', 'ports'],
  outcome: ['domain', 'ports'],
  workflow: ['domain', 'ports', 'diagnosis', 'codegen', 'outcome'],
  config: ['domain', 'detectors', 'adapters/[^/]+/options', 'adapters/[^/]+/[^/]+/options'],
  adapters: ['domain', 'ports'],
  daemon: ['domain', 'ports', 'contract', 'detectors', 'pipeline', 'workflow'],
  compose: [
    'domain',
    'ports',
    'config',
    'detectors',
    'pipeline',
    'codegen',
    'workflow',
    'adapters',
    'daemon',
  ],
  client: ['domain', 'contract'],
  tui: ['domain', 'contract', 'client'],
  commands: [
    'domain',
    'ports',
    'contract',
    'config',
    'client',
    'tui',
    'pipeline',
    'detectors',
    'diagnosis',
    'codegen',
    'outcome',
  ],
};

const floors = Object.entries(may).map(([from, to]) => ({
  name: `${from}-stands-on-${to.map((floor) => floor.split('/')[0]).join('-') || 'nothing'}`,
  severity: 'error',
  comment: `src/${from} may import only ${to.join(', ') || 'itself'}. Move the code down, or ask for it through a port.`,
  from: { path: `^src/${from}/` },
  to: { path: '^(src|bin)/', pathNot: [from, ...to].map((floor) => `^src/${floor}[/.]`) },
}));

/** Pure libraries that the pure floors may use beside zod. Add one only if it touches no file, socket or clock. */
const PURE_LIBRARIES = ['zod', 'uuid', 're2js', 'yaml', 'smol-toml', '@jridgewell/trace-mapping'];

export default {
  forbidden: [
    ...floors,
    {
      name: 'pure-floors-touch-nothing',
      severity: 'error',
      comment: 'Below the line there is no file, socket, database or clock. Ask for it through a port.',
      from: { path: `^src/(${PURE.join('|')})/` },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(path|util)$' },
    },
    {
      name: 'pure-floors-use-pure-libraries',
      severity: 'error',
      comment: `Pure floors import from npm only ${PURE_LIBRARIES.join(', ')}. Wrap anything else in an adapter.`,
      from: { path: `^src/(${PURE.join('|')})/` },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
        pathNot: `node_modules/(${PURE_LIBRARIES.join('|')})/`,
      },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      comment:
        'One folder a foreign thing. What two adapters share stands in adapters/process or adapters/sql.',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: ['^src/adapters/$1/', '^src/adapters/(process|sql)/'] },
    },
    {
      name: 'only-bin-composes',
      severity: 'error',
      comment: 'The composition roots are chosen once, in bin. Take a House as an argument instead.',
      from: { pathNot: '^(bin|src/compose|test|bench)/' },
      to: { path: '^src/compose/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Values flow one way. Split the file or move the shared type down.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports this file. Delete it or use it.',
      from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|templates)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
