import { readFile, writeFile } from 'node:fs/promises';
import 'reflect-metadata';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { SCHEMA_OPTIONS } from '#graphql';
import { readSettings } from '#settings';
import { AppModule } from './app.module.js';

const HEADER = `# The API, generated from the code by \`npm run schema\`: do not edit.\n\n`;

/**
 * The API's schema in the schema definition language, sorted, with descriptions. Needs no database: Nest's preview mode
 * looks at the modules and makes nothing of them.
 */
export async function schemaText(): Promise<string> {
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
  return `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
}

/**
 * `node dist/apps/api/print-schema.js FILE` writes the schema; with `--check` it says whether the file is up to date,
 * and exits with 1 if not; without FILE it prints.
 */
async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const file = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
  const text = await schemaText();
  if (file === undefined) {
    process.stdout.write(text);
  } else if (!check) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${file} is not what the code says: run npm run schema, and look at what changed.`);
    process.exitCode = 1;
  }
}

await main();
