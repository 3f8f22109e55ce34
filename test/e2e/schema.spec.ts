import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { readSettings } from '#settings';
import { makeLog } from '#telemetry';
import { createServer } from '../../apps/api/server.js';
import { createTestDatabase } from '../setup/database.js';

let printed: string;
let schema: GraphQLSchema;
let types: readonly GraphQLNamedType[];

beforeAll(async () => {
  // As `npm run schema` does, without a database.
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['dist/apps/api/print-schema.js'], {
    env: { NODE_ENV: 'test' },
    maxBuffer: 10_000_000,
  });
  printed = stdout;
  schema = buildSchema(printed);
  types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
});

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** Values, fields and their arguments. */
function partsOf(type: GraphQLNamedType): Described[] {
  if (isEnumType(type)) return [...type.getValues()];
  if (isInputObjectType(type)) return Object.values(type.getFields());
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    field,
    ...field.args.map(({ name, description }) => ({ name: `${field.name}(${name})`, description })),
  ]);
}

function undescribed(parts: readonly Described[], prefix = ''): string[] {
  return parts.filter(({ description }) => !description).map(({ name }) => prefix + name);
}

it('what is printed is what is served', async () => {
  const testDatabase = await createTestDatabase();
  const settings = readSettings({
    NODE_ENV: 'test',
    DATABASE_URL: testDatabase.appUrl,
    ROLE_PREFIX: testDatabase.rolePrefix,
    LOG_LEVEL: 'silent',
  });
  const server = await createServer(settings, makeLog(settings));
  try {
    await server.init();
    const served = server.get(GraphQLSchemaHost, { strict: false }).schema;
    expect(printSchema(lexicographicSortSchema(served))).toBe(printSchema(schema));
  } finally {
    await server.close();
    await testDatabase.drop();
  }
});

it('everything is described', () => {
  const bare = types.flatMap((type) => {
    const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].some(
      (root) => root === type,
    );
    return [...(isRoot ? [] : undescribed([type])), ...undescribed(partsOf(type), `${type.name}.`)];
  });
  expect(bare).toEqual([]);
});

it('every mutation is nullable, so that one that fails does not hide the results of others', () => {
  const mutations = Object.values(schema.getMutationType()!.getFields());
  expect(mutations.length).toBeGreaterThan(40);
  expect(mutations.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
});

it('every object that a query or subscription can return has an id, so that caches of clients merge its fields', () => {
  const reachable = new Set<GraphQLNamedType>();
  const reach = (type: GraphQLNamedType): void => {
    if (reachable.has(type)) return;
    reachable.add(type);
    if (isInterfaceType(type)) schema.getPossibleTypes(type).forEach(reach);
    if (isUnionType(type)) type.getTypes().forEach(reach);
    if (!isObjectType(type)) return;
    for (const field of Object.values(type.getFields())) reach(getNamedType(field.type));
  };
  reach(schema.getQueryType()!);
  reach(schema.getSubscriptionType()!);
  const objects = [...reachable].filter(isObjectType);
  const without = objects
    .filter((type) => String(type.getFields().id?.type) !== 'ID!')
    .map(({ name }) => name);
  expect(objects.length - without.length).toBeGreaterThan(30);
  // What a client replaces as a whole: the pages of a list, a preview, which is read once, and figures, which do not change.
  const replaced =
    /^(Query|Subscription|PageInfo|ConversationNotesPreview|ImportedNotes|EngagementTrend|TrendSeries|TrendGroup|TrendPoint|Period)$|(Connection|Edge)$/;
  expect(without.filter((name) => !replaced.test(name))).toEqual([]);
});

it('every connection has the arguments of both directions', () => {
  const fields = types
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
    );
  const connections = fields.filter(({ field }) => /Connection!?$/.test(String(field.type)));
  expect(connections.length).toBeGreaterThan(0);
  for (const { name, field } of connections) {
    const args = Object.fromEntries(
      field.args.map((arg) => [arg.name, [String(arg.type), arg.defaultValue]]),
    );
    expect([name, args]).toMatchObject([
      name,
      {
        first: ['Int', undefined],
        after: ['String', undefined],
        last: ['Int', undefined],
        before: ['String', undefined],
      },
    ]);
  }
});
