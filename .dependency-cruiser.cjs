/*
 * Who may import whom. Each rule says why it is there; `npm test` fails when one is broken.
 * The picture: raftlog and storage/tree are pure, storage is a disk, server puts them together,
 * routes translate, and nothing of the product knows tests, benchmarks, examples or scripts.
 */
'use strict';

/** Tests, benchmarks, examples and scripts: programs around the product. */
const AROUND = '^(test|bench|examples|scripts)/';
const VALUE_TYPES = '^raftlog/(assert|zxid)\\.ts$';
/** Imports that are gone when types are: they tie nobody to a behaviour. */
const TYPES = ['type-only'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment:
        'Two files that run each other are one idea in two places: neither can be read first.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: TYPES } },
    },
    {
      name: 'no-dead-files',
      comment: 'A file that nothing imports and nobody starts is not part of the product any more.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(raftlog|storage|server|routes)/',
        pathNot: ['^server/main\\.ts$', '^storage/worker\\.ts$'],
      },
      to: {},
    },
    {
      name: 'nothing-missing',
      comment:
        'An import of what package.json does not name, or nobody has, breaks on the next machine.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['unknown', 'undetermined', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-tools-in-the-product',
      comment: 'A member is installed without the development dependencies.',
      severity: 'error',
      from: { path: '^(raftlog|storage|server|routes)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: TYPES },
    },
    {
      name: 'product-knows-nothing-around-it',
      comment:
        'Tests, benchmarks and examples depend on the product; it works the same without them.',
      severity: 'error',
      from: { path: '^(raftlog|storage|server|routes)/' },
      to: { path: AROUND },
    },
    {
      name: 'raftlog-is-alone',
      comment: 'The core runs the same in production and in a simulator: no package, no runtime.',
      severity: 'error',
      from: { path: '^raftlog/' },
      to: { pathNot: '^raftlog/' },
    },
    {
      name: 'tree-is-pure',
      comment:
        'Members stay equal because prepare and apply depend on the state and the request alone.',
      severity: 'error',
      from: { path: '^storage/tree/' },
      to: { pathNot: ['^storage/tree/', VALUE_TYPES], dependencyTypesNot: TYPES },
    },
    {
      name: 'tree-types-are-of-values',
      comment:
        'Even as types the tree needs only itself and the core: no disk, no server, no runtime.',
      severity: 'error',
      from: { path: '^storage/tree/' },
      to: { pathNot: ['^storage/tree/', '^raftlog/'] },
    },
    {
      name: 'storage-is-a-disk',
      comment:
        'Storage keeps what it is given and knows nobody who asks; the core lends it types only.',
      severity: 'error',
      from: { path: '^storage/', pathNot: '^storage/tree/' },
      to: {
        pathNot: ['^storage/', VALUE_TYPES, 'node_modules/(@types/)?better-sqlite3/'],
        dependencyTypesNot: [...TYPES, 'core'],
      },
    },
    {
      name: 'storage-knows-no-server',
      comment: 'Its interface is storage/types.ts: not even types come to storage from above.',
      severity: 'error',
      from: { path: '^storage/' },
      to: { path: '^(server|routes)/' },
    },
    {
      name: 'one-place-opens-sqlite',
      comment: 'Durability is settled in one place: who has a connection of its own can break it.',
      severity: 'error',
      from: { pathNot: ['^storage/(?!tree/)', '^test/'] },
      to: { path: 'node_modules/(@types/)?better-sqlite3/' },
    },
    {
      name: 'server-meets-routes-once',
      comment:
        'The coordinator serves whoever asks; that HTTP does is known where a member is made.',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/(main|member)\\.ts$' },
      to: { path: '^routes/' },
    },
    {
      name: 'server-wires-the-app-only',
      comment:
        'routes/app.ts is the door: what is behind it may change without the server noticing.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^routes/', pathNot: '^routes/app\\.ts$' },
    },
    {
      name: 'http-stays-in-routes',
      comment:
        'What HTTP and WebSocket look like is known in routes/, and where the app is started.',
      severity: 'error',
      from: { path: '^(server|storage|raftlog)/', pathNot: '^server/member\\.ts$' },
      to: { path: 'node_modules/(@types/)?(fastify|@fastify/[^/]+|ws)/' },
    },
    {
      name: 'routes-see-types-of-the-server',
      comment: 'Routes are handed a Coordinator and translate: with more they would decide.',
      severity: 'error',
      from: { path: '^routes/' },
      to: {
        path: '^server/',
        pathNot: '^server/(lane|limits|young-sessions)\\.ts$',
        dependencyTypesNot: TYPES,
      },
    },
    {
      name: 'routes-touch-no-disk',
      comment:
        'What is durable goes through the coordinator; of storage/ routes use helpers of the tree.',
      severity: 'error',
      from: { path: '^routes/' },
      to: { path: '^storage/', pathNot: '^storage/tree/', dependencyTypesNot: TYPES },
    },
    {
      name: 'routes-run-no-consensus',
      comment: 'Routes write and read zxids; what the core does is behind the coordinator.',
      severity: 'error',
      from: { path: '^routes/' },
      to: { path: '^raftlog/', pathNot: VALUE_TYPES, dependencyTypesNot: TYPES },
    },
    {
      name: 'programs-use-the-surface',
      comment: 'Benchmarks and examples speak to a member over its port, as every user does.',
      severity: 'error',
      from: { path: '^(bench|examples)/' },
      to: { path: '^(raftlog|storage|server|routes|test|scripts)/' },
    },
    {
      name: 'examples-need-nothing',
      comment: 'Who reads an example should be able to copy it: Node and a WebSocket are enough.',
      severity: 'error',
      from: { path: '^examples/' },
      to: { pathNot: '^examples/', dependencyTypesNot: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.gen\\.ts$' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'],
    },
  },
};
