import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Imports that a kind of file must not use by name. Files that it must not import at all are listed in .dependency-cruiser.cjs. */
const dataSource = {
  name: 'typeorm',
  importNames: ['DataSource', 'createConnection', 'getConnection', 'QueryRunner'],
  message:
    'Only libs/db opens connections: take the EntityManager that Database.read or Database.write hands out.',
};
const activeRecord = {
  name: 'typeorm',
  importNames: [
    'BaseEntity',
    'ManyToOne',
    'OneToMany',
    'OneToOne',
    'ManyToMany',
    'JoinColumn',
    'EventSubscriber',
  ],
  message: 'Entities name columns; relations are ids, and queries are written in repositories.',
};
const sqlElsewhere = {
  name: '#db',
  importNames: ['sql', 'rows', 'row', 'affected', 'columns', 'Sql'],
  message: 'Queries are written in repositories.',
};
const databaseElsewhere = {
  name: '#db',
  importNames: ['Database'],
  message: 'Services open transactions; resolvers call one service method.',
};

const restrict = (...paths) => ({ '@typescript-eslint/no-restricted-imports': ['error', { paths }] });

/** Folders with their own, many packages: without them the types of what is imported are not known. */
const isInstalled = (folder) =>
  existsSync(new URL(`${folder}/node_modules/.package-lock.json`, import.meta.url));
const notInstalled = ['bench', 'apps/web'].filter((folder) => !isInstalled(folder));

/** The rules of React's hooks, which are a package of the web client. */
const webClient = isInstalled('apps/web')
  ? [
      {
        files: ['apps/web/**/*.{ts,tsx}'],
        extends: [
          createRequire(new URL('apps/web/package.json', import.meta.url))('eslint-plugin-react-hooks')
            .configs.flat['recommended-latest'],
        ],
        rules: {
          '@typescript-eslint/consistent-type-imports': 'error',
          // Handlers of events may be async: failures are shown where they happen.
          '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
          '@typescript-eslint/dot-notation': 'off',
          // The runner of node:test waits for its tests.
          '@typescript-eslint/no-floating-promises': [
            'error',
            { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['describe', 'it'] }] },
          ],
        },
      },
    ]
  : [];

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      'dist.*',
      'coverage',
      '.data',
      '**/*.cjs',
      'bench/results',
      'apps/web/src/graphql',
      ...notInstalled,
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Rows come out of the database as plain records with the properties of the model: that is the design.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      // Nest modules and inputs can be empty classes that carry a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Decorator metadata needs classes as values; which imports those are is the compiler's business.
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      ...restrict(dataSource, activeRecord),
    },
  },
  { files: ['libs/db/**/*.ts'], rules: restrict(activeRecord) },
  { files: ['**/*.service.ts', '**/*.loader.ts'], rules: restrict(dataSource, activeRecord, sqlElsewhere) },
  {
    files: ['**/*.resolver.ts'],
    rules: restrict(dataSource, activeRecord, {
      ...sqlElsewhere,
      importNames: [...sqlElsewhere.importNames, ...databaseElsewhere.importNames],
    }),
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      ...restrict(),
      'no-restricted-globals': ['error', { name: 'test', message: 'Use `it`.' }],
      // GraphQL answers and rows are looked at by expectations, which say more than a type would.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Vertices, people and groups are positions in typed arrays, where a check of every access would only hide what is computed.
    files: ['libs/engagement/trends/release/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  ...webClient,
  // Each contestant is written as its own documentation has it.
  { files: ['bench/**/*.ts'], rules: restrict() },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'console',
          'process',
          'URL',
          'fetch',
          'AbortSignal',
          'setTimeout',
          'setInterval',
          'clearInterval',
          'clearTimeout',
          'globalThis',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
