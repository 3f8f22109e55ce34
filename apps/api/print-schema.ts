import 'reflect-metadata';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { SCHEMA_OPTIONS, withRootTypes } from '#graphql';
import { readSettings } from '#settings';
import { AppModule } from './app.module.js';

const HEADER = `# The API, generated from the code by \`npm run schema\`: do not edit.\n\n`;

/**
 * Prints the API's schema in the schema definition language, sorted, with descriptions; `npm run schema` writes it to
 * schema.graphql. Needs no database: Nest's preview mode reads the modules without creating instances.
 */
async function schemaText(): Promise<string> {
  const app = await NestFactory.create(AppModule.with(readSettings({})), new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  const classes = Array.from(app.get(ModulesContainer).values()).flatMap((module) =>
    Array.from(module.providers.values(), ({ metatype }) => metatype).filter(
      (type) => typeof type === 'function',
    ),
  );
  const builder = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  const schema = await builder.get(GraphQLSchemaFactory).create(classes, { ...SCHEMA_OPTIONS });
  await builder.close();
  return `${HEADER}${printSchema(lexicographicSortSchema(withRootTypes(schema)))}\n`;
}

process.stdout.write(await schemaText());
