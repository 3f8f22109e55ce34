import type { CodegenConfig } from '@graphql-codegen/cli';

/** `npm run generate`: types of the operations and fragments in src/, from the schema that the API publishes. */
const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/graphql/**'],
  generates: {
    'src/graphql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        defaultScalarType: 'unknown',
        scalars: {
          ID: 'string',
          Date: 'string',
          DateTime: 'string',
          EmailAddress: 'string',
          Markdown: 'string',
          RecurrenceRule: 'string',
          TimeZone: 'string',
        },
      },
    },
  },
};

export default config;
