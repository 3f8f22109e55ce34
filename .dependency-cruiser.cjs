const { existsSync } = require('node:fs');
const { join } = require('node:path');

/** Who may import whom: docs/ and CONTRIBUTING.md say why, this holds it. Paths are regular expressions. */

/** Libs without words of the domain. */
const technical = '^libs/(common|identity|settings|db|jobs|graphql|auth|mail|telemetry)/';

/** Domains in the order of their imports: each may import those before it and none after it. */
const domains = [
  'people',
  'goals',
  'business-goals',
  'alignment',
  'barriers',
  'conversations',
  'engagement',
  'records',
];

/** Without its packages, none of the imports of the web client is found. */
const webIsInstalled = existsSync(join(__dirname, 'apps/web/node_modules/.package-lock.json'));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Type-only imports count too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-is-found',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      // Style sheets that the build of the web client makes, and a package that holds types only.
      to: { couldNotResolve: true, pathNot: '^(virtual:|@graphql-typed-document-node/core$)' },
    },
    {
      name: 'packages-are-declared',
      comment: 'Imported, but not in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'serving-needs-no-development-package',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: [
          '\\.spec\\.ts$',
          '^apps/web/(bench|build|test)/',
          '^apps/web/(vite\\.config|codegen|src/vite-env\\.d)\\.ts$',
        ],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-apps',
      severity: 'error',
      from: { path: '^(libs/|apps/([^/]+)/)' },
      to: { path: '^apps/', pathNot: '^apps/$2/' },
    },
    {
      name: 'the-web-client-knows-the-schema-only',
      comment: 'It asks the API from outside, and has its own packages.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(libs|test|scripts|bench)/|^apps/(?!web/)|^node_modules/' },
    },
    {
      name: 'libs-are-entered-by-their-index',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: { path: '^libs/[^/]+/', pathNot: ['^$1/$2/', '^libs/[^/]+/index\\.ts$'] },
    },
    {
      name: 'no-detour-by-the-own-index',
      comment: 'Inside a lib, import the file itself.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/$1/index\\.ts$' },
    },
    {
      name: 'technical-libs-know-no-domain',
      severity: 'error',
      from: { path: technical },
      to: { path: '^libs/', pathNot: technical },
    },
    {
      name: 'common-is-the-lowest',
      comment: 'Values and pure functions: no database, no domain, nothing of this project.',
      severity: 'error',
      from: { path: '^libs/common/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^(libs|apps|test)/', 'node_modules/(typeorm|pg|@nestjs)/'], pathNot: '^libs/common/' },
    },
    ...domains.slice(0, -1).map((domain, index) => ({
      name: `${domain}-comes-before`,
      comment: domains.join(' ← '),
      severity: 'error',
      from: { path: `^libs/${domain}/` },
      to: { path: `^libs/(${domains.slice(index + 1).join('|')})/` },
    })),
    {
      name: 'personal-goals-and-business-goals-know-nothing-of-each-other',
      comment: 'They meet in alignment.',
      severity: 'error',
      from: { path: '^libs/business-goals/' },
      to: { path: '^libs/goals/' },
    },
    {
      name: 'identity-holds-values-only',
      severity: 'error',
      from: { path: '^libs/identity/' },
      to: { path: ['^libs/(?!identity|common)', 'node_modules/(typeorm|pg)/'] },
    },
    {
      name: 'only-db-knows-the-driver',
      comment:
        'The commands that print the catalogue or load data in bulk, and tests, may open separate connections.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: ['^libs/db/', '^apps/cli/', '\\.spec\\.ts$'] },
      to: { path: 'node_modules/(pg|pg-copy-streams)/' },
    },
    {
      name: 'models-know-no-database',
      severity: 'error',
      from: { path: '\\.(model|inputs)\\.ts$' },
      to: { path: ['node_modules/typeorm/', '\\.(entity|repository)\\.ts$'] },
    },
    {
      name: 'entities-know-no-graphql',
      severity: 'error',
      from: { path: '\\.entity\\.ts$' },
      to: { path: ['node_modules/@nestjs/graphql/', 'node_modules/graphql/'] },
    },
    {
      name: 'entities-load-no-model',
      comment: 'The names of values, as types, they may share.',
      severity: 'error',
      from: { path: '\\.entity\\.ts$' },
      to: { path: '\\.(model|inputs|resolver)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvers-ask-services-and-loaders',
      comment: 'Rows they may name, as the types of what they resolve fields of.',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: { path: ['node_modules/typeorm/', '\\.repository\\.ts$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'repositories-answer-only',
      severity: 'error',
      from: { path: '\\.(entity|repository)\\.ts$' },
      to: { path: '\\.(service|resolver|loader|module)\\.ts$' },
    },
    {
      name: 'services-know-no-resolver',
      severity: 'error',
      from: { path: '\\.(service|loader)\\.ts$' },
      to: { path: '\\.resolver\\.ts$' },
    },
    {
      name: 'code-imports-no-test',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^test/', '\\.spec\\.ts$'] },
    },
    {
      name: 'nobody-imports-the-benchmark',
      severity: 'error',
      from: { path: '^(apps|libs|test|scripts)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'the-benchmark-asks-from-outside',
      comment: 'It starts the service as an operator does, and knows it by its API and its tables.',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: '^(apps|libs|test)/' },
    },
    {
      name: 'the-oracle-shares-no-code',
      comment: 'The oracle must not share code with what it is compared with.',
      severity: 'error',
      from: { path: '^test/policies/oracle' },
      to: { path: '^(libs|apps)/' },
    },
    {
      name: 'the-attack-on-trends-shares-no-code',
      comment: 'What attacks released figures must not share code with what releases them.',
      severity: 'error',
      from: { path: '^test/trends/attack/' },
      to: { path: '^(libs|apps)/|^test/trends/(?!attack/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: `^(dist|${webIsInstalled ? 'apps/web/dist' : 'apps/web'}|bench/contestants/tutorial/dist)/`,
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
