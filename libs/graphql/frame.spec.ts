import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Args,
  ArgsType,
  Context,
  Field,
  Float,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { getIntrospectionQuery } from 'graphql';
import pg from 'pg';
import { Database, DatabaseUnavailable, DbModule, rows, sql } from '#db';
import type { Viewer } from '#identity';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.js';
import { cpuTimeOf } from '../../test/setup/cpu.js';
import { sendOperation, type Answer } from '../../test/e2e/app.js';
import { Connection, Page, PageArgs } from './pagination/connection.js';
import { badInput, conflict, notFound, rateLimited, unavailable } from './errors/errors.js';
import { GraphqlModule } from './graphql.module.js';
import { createLoader, createPageLoader } from './loaders.js';
import { NodeModel, NodeRegistry } from './node.js';
import { RequestContext } from './request-context.js';
import { DEFAULT_INTAKE } from './limits/request-body.js';
import { CalendarDate, EmailAddress, Markdown, TimeZone } from './scalars.js';
import { IdPipe, IsId, IsText, IsTitle, NO_ID } from './validation.js';

// A small schema for this test: books on shelves.

@ObjectType('Book', { implements: () => [NodeModel] })
class BookModel implements NodeModel {
  id!: string;
  @Field()
  title!: string;
  @Field(() => CalendarDate, { nullable: true })
  publishedOn!: string | null;
}

@ObjectType('Shelf')
class ShelfModel {
  @Field(() => ID)
  id!: string;
}

@ObjectType()
class BookConnection extends Connection(BookModel) {}

@ArgsType()
class BookArgs extends PageArgs {
  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsText(10)
  search?: string | null;
}

@InputType()
class ChapterInput {
  @Field()
  @IsTitle()
  title!: string;
}

enum Format {
  PAPER = 'PAPER',
  SOUND = 'SOUND',
}
registerEnumType(Format, { name: 'Format' });

@InputType({ isOneOf: true })
class PlaceInput {
  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsTitle()
  shelf?: string;
  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsTitle()
  room?: string;
}

@InputType()
class BookInput {
  @Field(() => ID)
  @IsId()
  id!: string;
  @Field()
  @IsTitle(20)
  title!: string;
  @Field(() => TimeZone, { nullable: true })
  timeZone?: string | null;
  @Field(() => EmailAddress, { nullable: true })
  email?: string | null;
  @Field(() => Markdown, { nullable: true })
  text?: string | null;
  @Field(() => Int, { nullable: true })
  pages?: number | null;
  @Field(() => [ChapterInput], { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ChapterInput)
  chapters?: ChapterInput[] | null;
  @Field(() => Format, { nullable: true })
  format?: Format | null;
  @Field(() => PlaceInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => PlaceInput)
  place?: PlaceInput | null;
  @Field(() => [ID], { nullable: true })
  @IsOptional()
  @IsId({ each: true })
  authorIds?: string[] | null;
}

@InputType()
class FloatInput {
  @Field(() => Float)
  value!: number;
}

interface BookRow {
  readonly id: string;
  readonly title: string;
  readonly publishedOn: string | null;
}

const batches: string[][] = [];
let settled: string[] = [];
let database: Database;

const bookById = createLoader<string, BookRow>((viewer, ids) => {
  batches.push([...ids]);
  return database.read(viewer, async (em) => {
    const found = await rows<BookRow>(
      em,
      sql`select id, title, published_on as "publishedOn" from book where id = any(${ids}::uuid[])`,
    );
    return new Map(found.map((row) => [row.id, row]));
  });
});

const booksOfShelf = createPageLoader<BookRow, BookArgs>((_viewer, shelfIds, args) => {
  batches.push([`first ${String(args.first)}`, ...shelfIds]);
  return Promise.resolve(
    new Map(
      shelfIds
        .filter((id) => id !== 'empty')
        .map((id) => [
          id,
          new Page<BookRow>([{ id: NO_ID, title: id, publishedOn: null }], true, false, () => 'here'),
        ]),
    ),
  );
});

@Resolver(() => ShelfModel)
class ShelfResolver {
  @Query(() => [ShelfModel])
  shelves(): ShelfModel[] {
    return ['a', 'b', 'empty'].map((id) => ({ id }));
  }
  @ResolveField(() => BookConnection)
  books(
    @Parent() shelf: ShelfModel,
    @Args() args: BookArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<BookRow>> {
    return booksOfShelf(ctx, args).load(shelf.id);
  }
}

@Resolver(() => BookModel)
class BookResolver {
  @Query(() => BookModel, { nullable: true })
  book(
    @Args('id', { type: () => ID }, IdPipe) id: string,
    @Context() ctx: RequestContext,
  ): Promise<BookRow | null> {
    return bookById(ctx).load(id);
  }
  @Query(() => String)
  whoAsks(@Context() ctx: RequestContext): string {
    return ctx.viewer?.personId ?? 'nobody';
  }
  @Query(() => String, { nullable: true })
  fail(@Args('how') how: string, @Context() ctx: RequestContext): Promise<string> {
    switch (how) {
      case 'plain':
        throw new Error('the secret of Ann');
      case 'notFound':
        throw notFound();
      case 'badInput':
        throw badInput('how', 'must be otherwise.');
      case 'conflict':
        throw conflict('Somebody was faster.');
      case 'rateLimited':
        throw rateLimited(12.3);
      case 'unavailable':
        throw unavailable('The service is busy.', 3);
      case 'away':
        throw new DatabaseUnavailable('nothing');
      case 'awayAtTheEnd':
        ctx.beforeResponse('log', () => Promise.reject(new DatabaseUnavailable('nothing')));
        return Promise.resolve('never shown');
      case 'sql':
        return database.read(ctx, async (em) => {
          await rows(em, sql`select 'secret-of-ann'::uuid`);
          return 'never';
        });
      case 'slow':
        return database.read(ctx, (em) => rows(em, sql`select pg_sleep(10)`).then(() => 'never'), {
          statementTimeoutMs: 100,
        });
      case 'beforeResponse':
        ctx.beforeResponse('log', () => Promise.reject(new Error('the secret of Ann')));
        return Promise.resolve('never shown');
      default:
        return Promise.resolve('fine');
    }
  }
  @Query(() => Int)
  settles(@Context() ctx: RequestContext): number {
    ctx.beforeResponse('once', () => {
      settled.push('once');
      ctx.beforeResponse('nested', () => Promise.resolve(void settled.push('nested')));
      return Promise.resolve();
    });
    ctx.beforeResponse('once', () => Promise.resolve(void settled.push('twice')));
    return settled.length;
  }
  @Query(() => Float)
  echo(@Args('input') input: FloatInput): number {
    return input.value;
  }
  @Mutation(() => BookModel, { nullable: true })
  async rename(@Args('input') input: BookInput, @Context() ctx: RequestContext): Promise<BookRow | null> {
    await bookById(ctx).load(input.id);
    await database.write(ctx, (em) =>
      rows(em, sql`update book set title = ${input.title} where id = ${input.id}`),
    );
    return bookById(ctx).load(input.id);
  }
  @ResolveField(() => BookModel, { nullable: true })
  again(book: BookRow, _args: unknown, ctx: RequestContext): Promise<BookRow | null> {
    return bookById(ctx).load(book.id);
  }
}

const viewer: Viewer = {
  sessionHash: '',
  sessionId: NO_ID,
  organizationId: NO_ID,
  personId: 'Ann',
  employed: true,
  roles: [],
  scopes: [],
};
const BOOK = '0197b3c8-6d1e-7c3a-9f00-000000000001';
const OTHER = '0197b3c8-6d1e-7c3a-9f00-000000000002';
const logged: unknown[] = [];

let testDatabase: TestDatabase;
let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const admin = new pg.Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  await admin.query(`
    create table book (id uuid primary key, title text not null, published_on date);
    grant select, update on book to public;
    insert into book values ('${BOOK}', 'One', '2026-02-28'), ('${OTHER}', 'Two', null);`);
  await admin.end();

  @Module({
    imports: [
      DbModule.forRoot({ url: testDatabase.appUrl, poolSize: 2, statementTimeoutMs: 5_000 }),
      GraphqlModule.forRootAsync({
        useFactory: () => ({
          operation: (request) =>
            Promise.resolve(
              new RequestContext({
                viewer: request.headers.authorization === undefined ? null : viewer,
                requestId: request.id,
                clientAddress: request.ip,
                userAgent: 'test',
              }),
            ),
          intake: { ...DEFAULT_INTAKE, anybodysBytes: 400_000, bytesOf: () => Promise.resolve(400_000) },
          mayIntrospect: (ctx) => ctx.viewer !== null,
        }),
      }),
    ],
    providers: [BookResolver, ShelfResolver],
  })
  class LibraryModule {
    constructor(nodes: NodeRegistry) {
      nodes.register({ typename: 'Book', table: sql`book`, load: bookById });
    }
  }
  const adapter = new FastifyAdapter({ genReqId: () => 'request-7' });
  const keep = (...words: unknown[]) => void logged.push(...words);
  app = await NestFactory.create<NestFastifyApplication>(LibraryModule, adapter, {
    logger: { log: () => undefined, error: keep, warn: keep, fatal: keep },
    abortOnError: false,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  database = app.get(Database);
});
afterAll(async () => {
  await app.close();
  await testDatabase.drop();
});
beforeEach(() => {
  batches.length = 0;
  settled = [];
  logged.length = 0;
});

function ask<Data = Record<string, unknown>>(
  query: string,
  variables?: Record<string, unknown>,
  token?: string,
): Promise<Answer<Data>> {
  return sendOperation<Data>(url, query, variables, token);
}

function fieldsOf({ data, errors }: Answer): unknown {
  expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(errors.map(() => 'BAD_USER_INPUT'));
  return errors.flatMap(({ extensions }) => extensions.fields ?? []);
}

describe('loaders', () => {
  it('loads siblings in one batch, and returns null for missing rows', async () => {
    const { data, errors } = await ask(
      `{ a: book(id: "${BOOK}") { title again { title } } b: book(id: "${OTHER}") { title publishedOn } c: book(id: "${NO_ID}") { title } d: book(id: "1; drop") { title } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      a: { title: 'One', again: { title: 'One' } },
      b: { title: 'Two', publishedOn: null },
      c: null,
      d: null,
    });
    expect(batches).toEqual([[BOOK, OTHER, NO_ID]]);
  });

  it('loads pages of many parents in one batch for each set of arguments, and an empty page for a parent without rows', async () => {
    const { data, errors } = await ask(
      '{ shelves { id one: books(first: 1) { nodes { title } } two: books(first: 2) { edges { cursor } } three: books(search: null, first: 2) { pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }',
    );
    expect(errors).toEqual([]);
    expect(batches).toEqual([
      ['first 1', 'a', 'b', 'empty'],
      ['first 2', 'a', 'b', 'empty'],
    ]);
    const there = { hasNextPage: true, hasPreviousPage: false, startCursor: 'here', endCursor: 'here' };
    const nowhere = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    expect(data?.shelves).toEqual([
      {
        id: 'a',
        one: { nodes: [{ title: 'a' }] },
        two: { edges: [{ cursor: 'here' }] },
        three: { pageInfo: there },
      },
      {
        id: 'b',
        one: { nodes: [{ title: 'b' }] },
        two: { edges: [{ cursor: 'here' }] },
        three: { pageInfo: there },
      },
      { id: 'empty', one: { nodes: [] }, two: { edges: [] }, three: { pageInfo: nowhere } },
    ]);
  });

  it('reads rows again after a mutation', async () => {
    const { data, errors } = await ask(
      `mutation { first: rename(input: { id: "${OTHER}", title: "Too" }) { again { title } } second: rename(input: { id: "${OTHER}", title: "Two" }) { again { title } } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ first: { again: { title: 'Too' } }, second: { again: { title: 'Two' } } });
  });
});

describe('node', () => {
  it('finds every registered type by id in one statement, and returns null for all other ids', async () => {
    const { data, errors } = await ask(
      `query ($ids: [ID!]!) { node(id: "${BOOK}") { __typename id ... on Book { title } } nodes(ids: $ids) { id } none: node(id: "${NO_ID}") { id } }`,
      { ids: [OTHER, 'no id', NO_ID, BOOK.toUpperCase()] },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      node: { __typename: 'Book', id: BOOK, title: 'One' },
      nodes: [{ id: OTHER }, null, null, { id: BOOK }],
      none: null,
    });
  });

  it('accepts at most 100 ids in nodes', async () => {
    const many = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array(100).fill(BOOK),
    });
    expect(many.errors).toEqual([]);
    const tooMany = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array(101).fill(BOOK),
    });
    expect(fieldsOf(tooMany)).toEqual([
      { path: 'ids', code: 'TOO_MANY', message: 'IDs can be at most 100 in one request.' },
    ]);
  });
});

describe('input', () => {
  const books =
    'query ($first: Int, $after: String, $last: Int, $before: String, $search: String) { shelves { books(first: $first, after: $after, last: $last, before: $before, search: $search) { nodes { title } } } }';

  it.each([[1], [100], [null], [undefined]])(
    'accepts %s as the size of a page in both directions',
    async (size) => {
      expect((await ask(books, { first: size })).errors).toEqual([]);
      expect((await ask(books, { last: size, first: null, after: null })).errors).toEqual([]);
    },
  );

  it.each([
    [{ first: 0 }, { path: 'first', code: 'OUT_OF_RANGE', message: '"first" must be at least 1.' }],
    [{ first: 101 }, { path: 'first', code: 'OUT_OF_RANGE', message: '"first" must be at most 100.' }],
    [{ last: 101 }, { path: 'last', code: 'OUT_OF_RANGE', message: '"last" must be at most 100.' }],
    [
      { first: 1, last: 1 },
      { path: 'last', code: 'NOT_ALLOWED', message: '"last" cannot be combined with first or after.' },
    ],
    [
      { after: 'x', last: 1 },
      { path: 'last', code: 'NOT_ALLOWED', message: '"last" cannot be combined with first or after.' },
    ],
    [
      { first: 1, before: 'x' },
      { path: 'before', code: 'NOT_ALLOWED', message: '"before" cannot be combined with first or after.' },
    ],
    [
      { after: 'a'.repeat(4_001) },
      { path: 'after', code: 'TOO_LONG', message: '"after" is not a cursor of this list.' },
    ],
    [{ search: ' \n' }, { path: 'search', code: 'REQUIRED', message: 'Search text must not be blank.' }],
    [
      { search: 'a\0' },
      { path: 'search', code: 'INVALID', message: 'Search text must not contain the character NUL.' },
    ],
    [
      { search: '12345678901' },
      { path: 'search', code: 'TOO_LONG', message: 'Search text must be at most 10 characters.' },
    ],
  ])('refuses the page arguments %j', async (variables, field) => {
    const { errors } = await ask(books, variables);
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', fields: [field] });
  });

  const rename = 'mutation ($input: BookInput!) { rename(input: $input) { title } }';
  const good = { id: OTHER, title: 'Two' };

  it('accepts valid input', async () => {
    const { data, errors } = await ask(rename, {
      input: {
        ...good,
        timeZone: 'Europe/Lisbon',
        email: 'ann@example.com',
        text: '# Words',
        chapters: [{ title: 'I' }],
        authorIds: [BOOK],
      },
    });
    expect(errors).toEqual([]);
    expect(data).toEqual({ rename: { title: 'Two' } });
  });

  it('accepts ids in any case, and converts them to the case of rows', async () => {
    const { data, errors } = await ask(rename, { input: { ...good, id: OTHER.toUpperCase() } });
    expect(OTHER.toUpperCase()).not.toBe(OTHER);
    expect({ data, errors }).toEqual({ data: { rename: { title: 'Two' } }, errors: [] });
  });

  const EXACTLY_ONE = 'Place must have exactly one of these fields: shelf, room.';
  it.each<[Record<string, unknown>, string, string, string?]>([
    [{ id: 'x' }, 'input.id', 'ID must be a valid ID.'],
    [{ title: '' }, 'input.title', 'Title must not be blank.', 'REQUIRED'],
    [{ title: 'a\nb' }, 'input.title', 'Title must be one line.'],
    [{ title: 'half \ud83d' }, 'input.title', 'Title must be well-formed Unicode.'],
    [{ title: '👩'.repeat(21) }, 'input.title', 'Title must be at most 20 characters.', 'TOO_LONG'],
    [
      { chapters: [{ title: 'I' }, { title: ' ' }] },
      'input.chapters.1.title',
      'Title of chapter 2 must not be blank.',
      'REQUIRED',
    ],
    [{ authorIds: [BOOK, 'x'] }, 'input.authorIds.1', 'Author 2 must be a valid ID.'],
    // Found by GraphQL itself, before any class is looked at.
    [
      { timeZone: 'Mars' },
      'input.timeZone',
      'Choose a time zone from the IANA database, for example Asia/Kolkata.',
    ],
    [{ email: 'secret at "input.x"; y' }, 'input.email', 'E-mail address must look like name@example.com.'],
    [{ text: 'a'.repeat(20_001) }, 'input.text', 'Text must be at most 20,000 characters.', 'TOO_LONG'],
    [{ pages: 'secret' }, 'input.pages', 'Pages must be an integer.'],
    [{ pages: 2 ** 31 }, 'input.pages', 'Pages must be from -2147483648 to 2147483647.', 'OUT_OF_RANGE'],
    [{ title: undefined }, 'input.title', 'Title is required.', 'REQUIRED'],
    [{ title: null }, 'input.title', 'Title must not be null.', 'REQUIRED'],
    [{ colour: 'red' }, 'input.colour', '"colour" is not a field of BookInput.', 'UNKNOWN_FIELD'],
    [{ chapters: [{ title: 7 }] }, 'input.chapters.0.title', 'Title of chapter 1 must be a string.'],
    [{ chapters: ['x'] }, 'input.chapters.0', 'Chapter 1 must be an object.'],
    [{ format: 'SCROLL' }, 'input.format', 'Format must be a value of the enum Format.'],
    [{ format: 7 }, 'input.format', 'Format must be a value of the enum Format.'],
    [{ place: {} }, 'input.place', EXACTLY_ONE, 'EXACTLY_ONE'],
    [{ place: { shelf: 'a', room: 'b' } }, 'input.place', EXACTLY_ONE, 'EXACTLY_ONE'],
    [{ place: { shelf: null } }, 'input.place.shelf', 'Shelf must not be null.', 'REQUIRED'],
  ])('refuses the input %j, also when it is sent again', async (change, path, message, code = 'INVALID') => {
    const input = { ...good, ...change };
    for (let time = 0; time < 4; time += 1) {
      expect(fieldsOf(await ask(rename, { input }))).toEqual([{ path, code, message }]);
      expect((await ask(rename, { input: { ...good, place: { shelf: 'a' } } })).errors).toEqual([]);
    }
    const literal = JSON.stringify(input)
      .replace(/"(\w+)":/g, '$1: ')
      .replace(/"(SCROLL)"/, '$1');
    // Half a character cannot be written into a document, and a long text is too large for one.
    if (JSON.stringify(input).length > 10_000 || literal.includes('\\u')) return;
    const inDocument = await ask(`mutation { rename(input: ${literal}) { title } }`);
    expect(fieldsOf(inDocument)).toMatchObject([
      { path: path.replace(/^(input\.place)\.shelf$/, '$1'), code },
    ]);
  });

  it('lists the first of very many refused values', async () => {
    const { errors } = await ask(rename, { input: { ...good, authorIds: Array(9_000).fill({}) } });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT', 'TOO_COMPLEX']);
    expect(errors[0]?.extensions.fields?.map(({ path }) => path)).toEqual(
      Array.from({ length: 50 }, (_, index) => `input.authorIds.${String(index)}`),
    );
    expect(errors[1]?.message).toBe('There are more invalid values than the errors above list.');
  });

  it('reports what GraphQL, a scalar and class-validator refuse in one error', async () => {
    const input = {
      id: 'x',
      title: ' ',
      timeZone: 'Mars',
      pages: 'many',
      chapters: [{ title: '' }, {}],
      authorIds: ['y', BOOK, 'z'],
    };
    for (const variable of ['input', 'i', 'goal']) {
      const answer = await ask(
        `mutation ($${variable}: BookInput!) { rename(input: $${variable}) { title } }`,
        { [variable]: input },
      );
      expect(answer.errors).toHaveLength(1);
      expect(fieldsOf(answer)).toEqual([
        { path: 'input.timeZone', code: 'INVALID', message: expect.stringContaining('IANA') as unknown },
        { path: 'input.pages', code: 'INVALID', message: 'Pages must be an integer.' },
        { path: 'input.chapters.1.title', code: 'REQUIRED', message: 'Title of chapter 2 is required.' },
        { path: 'input.id', code: 'INVALID', message: 'ID must be a valid ID.' },
        { path: 'input.title', code: 'REQUIRED', message: 'Title must not be blank.' },
        {
          path: 'input.chapters.0.title',
          code: 'REQUIRED',
          message: 'Title of chapter 1 must not be blank.',
        },
        { path: 'input.authorIds.0', code: 'INVALID', message: 'Author 1 must be a valid ID.' },
        { path: 'input.authorIds.2', code: 'INVALID', message: 'Author 3 must be a valid ID.' },
      ]);
      expect(answer.errors[0]?.message).toContain('Pages must be an integer.');
    }
  });

  it('reports the inputs of two fields in two errors', async () => {
    const { errors } = await ask(
      `mutation ($a: BookInput!, $b: BookInput!) { a: rename(input: $a) { title } b: rename(input: $b) { title } }`,
      { a: { ...good, timeZone: 'Mars', pages: 'x' }, b: { ...good, email: 'no' } },
    );
    expect(errors.map(({ extensions }) => extensions.fields?.map(({ path }) => path))).toEqual([
      ['input.timeZone', 'input.pages'],
      ['input.email'],
    ]);
  });

  it('lists every refused value', async () => {
    const answer = await ask(rename, { input: { id: 'x', title: '', chapters: [{ title: '' }] } });
    expect(fieldsOf(answer)).toEqual([
      { path: 'input.id', code: 'INVALID', message: 'ID must be a valid ID.' },
      { path: 'input.title', code: 'REQUIRED', message: 'Title must not be blank.' },
      { path: 'input.chapters.0.title', code: 'REQUIRED', message: 'Title of chapter 1 must not be blank.' },
    ]);
  });

  it('lists a variable that is missing or null', async () => {
    expect(fieldsOf(await ask(rename))).toEqual([
      { path: 'input', code: 'REQUIRED', message: 'Input is required.' },
    ]);
    expect(fieldsOf(await ask(rename, { input: null }))).toEqual([
      { path: 'input', code: 'REQUIRED', message: 'Input must not be null.' },
    ]);
    expect(
      fieldsOf(await ask(`query ($id: ID = "${BOOK}") { book(id: $id) { title } }`, { id: null })),
    ).toEqual([{ path: 'id', code: 'REQUIRED', message: 'ID must not be null.' }]);
  });

  it('names a refused variable by the argument that uses it, not by its own name', async () => {
    const renameOnly = `mutation rename($i: BookInput!) { rename(input: $i) { title } }`;
    const field = {
      path: 'input.timeZone',
      code: 'INVALID',
      message: expect.stringContaining('IANA') as unknown,
    };
    expect(fieldsOf(await ask(renameOnly, { i: { ...good, timeZone: 'Mars' } }))).toEqual([field]);
    expect(fieldsOf(await ask(renameOnly))).toEqual([
      { path: 'input', code: 'REQUIRED', message: 'Input is required.' },
    ]);
    expect(fieldsOf(await ask(renameOnly, { i: null }))).toEqual([
      { path: 'input', code: 'REQUIRED', message: 'Input must not be null.' },
    ]);
    const within = `mutation ($id: ID!, $zone: TimeZone, $all: [ChapterInput!]) {
      rename(input: { id: $id, title: "Two", timeZone: $zone, chapters: $all }) { title } }`;
    expect(fieldsOf(await ask(within, { id: OTHER, zone: 'Mars' }))).toEqual([field]);
    expect(fieldsOf(await ask(within, { id: OTHER, all: [{ title: 'I' }, { title: 7 }] }))).toMatchObject([
      { path: 'input.chapters.1.title' },
    ]);
    const inFragment = `mutation ($z: TimeZone!) { ...renamed }
      fragment renamed on Mutation { rename(input: { id: "${OTHER}", title: "Two", timeZone: $z }) { title } }`;
    expect(fieldsOf(await ask(inFragment, { z: 'Mars' }))).toEqual([field]);
  });

  it('refuses an invalid literal, naming its field', async () => {
    const answer = await ask(
      `mutation { rename(input: { id: "${OTHER}", title: "Two", timeZone: "Mars" }) { title } }`,
    );
    expect(fieldsOf(answer)).toEqual([
      {
        path: 'input.timeZone',
        code: 'INVALID',
        message: 'Choose a time zone from the IANA database, for example Asia/Kolkata.',
      },
    ]);
    const list = await ask(
      `mutation { rename(input: { id: "${OTHER}", title: "Two", chapters: [{ title: "I" }, { title: 7 }] }) { title } }`,
    );
    expect(fieldsOf(list)).toEqual([
      { path: 'input.chapters.1.title', code: 'INVALID', message: 'Title of chapter 2 must be a string.' },
    ]);
  });
});

it.each(['1e400', '-1e400', `1${'0'.repeat(400)}`])(
  'refuses an infinite number in a document: %s',
  async (n) => {
    expect(fieldsOf(await ask(`{ echo(input: { value: ${n} }) }`))).toEqual([
      { path: 'input.value', code: 'OUT_OF_RANGE', message: 'Value must be a finite number.' },
    ]);
    expect(
      (await ask(`query ($value: Float! = ${n}) { echo(input: { value: $value }) }`)).errors,
    ).toHaveLength(1);
    expect((await ask('{ echo(input: { value: 1e300 }) }')).data).toEqual({ echo: 1e300 });
  },
);

it.each(['1e400', '-1e400'])('refuses an infinite number in the variables: %s', async (n) => {
  const query = 'query ($i: FloatInput!) { echo(input: $i) }';
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"query":${JSON.stringify(query)},"variables":{"i":{"value":${n}}}}`,
  });
  const { errors } = (await response.json()) as { errors: Answer['errors'] };
  expect(fieldsOf({ data: null, errors } as Answer)).toEqual([
    { path: 'input.value', code: 'OUT_OF_RANGE', message: 'Value must be a finite number.' },
  ]);
});

describe('errors', () => {
  it.each([
    ['notFound', 'NOT_FOUND', 'Nothing with this ID exists, or you cannot see it.'],
    ['badInput', 'BAD_USER_INPUT', 'Explanation must be otherwise.'],
    ['conflict', 'CONFLICT', 'Somebody was faster.'],
    [
      'slow',
      'TOO_COMPLEX',
      'This operation takes longer than the service allows: request fewer items or levels.',
    ],
  ])('returns the code and message of %s unchanged', async (how, code, message) => {
    const { status, data, errors } = await ask('query ($how: String!) { fail(how: $how) whoAsks }', { how });
    expect([status, data]).toEqual([200, { fail: null, whoAsks: 'nobody' }]);
    expect(errors).toMatchObject([{ message, path: ['fail'], extensions: { code } }]);
  });

  it('reports when to try again after RATE_LIMITED', async () => {
    const { status, headers, errors } = await ask('{ fail(how: "rateLimited") }');
    expect([status, headers.get('retry-after')]).toEqual([200, '13']);
    expect(errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 13 });
  });

  it.each([
    ['unavailable', '3', { fail: null }],
    ['away', '5', { fail: null }],
    ['awayAtTheEnd', '5', null],
  ])('responds with 503 and Retry-After if nothing could be returned: %s', async (how, after, data) => {
    const answer = await ask('query ($how: String!) { fail(how: $how) }', { how });
    expect([answer.status, answer.headers.get('retry-after'), answer.data]).toEqual([503, after, data]);
    expect(answer.errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'UNAVAILABLE', retryAfter: Number(after) },
    ]);
  });

  it.each(['unavailable', 'away'])('responds with 200 if a part could be returned: %s', async (how) => {
    const answer = await ask('query ($how: String!) { fail(how: $how) whoAsks }', { how });
    expect([answer.status, answer.data]).toEqual([200, { fail: null, whoAsks: 'nobody' }]);
    expect(answer.headers.get('retry-after')).toBe(how === 'away' ? '5' : '3');
    expect(answer.errors).toMatchObject([{ path: ['fail'], extensions: { code: 'UNAVAILABLE' } }]);
  });

  it.each(['plain', 'sql', 'beforeResponse'])(
    'hides the message of an unexpected error (%s) behind a request ID, and logs it',
    async (how) => {
      const { status, data, errors } = await ask('query Named($how: String!) { fail(how: $how) whoAsks }', {
        how,
      });
      expect(status).toBe(200);
      expect(data).toEqual(how === 'beforeResponse' ? null : { fail: null, whoAsks: 'nobody' });
      expect(errors.map(({ message, extensions }) => ({ message, extensions }))).toEqual([
        {
          message: 'Internal error. Request ID: request-7',
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-7' },
        },
      ]);
      expect(logged[0]).toMatchObject({
        requestId: 'request-7',
        stack: expect.stringContaining('    at ') as string,
      });
      const words = JSON.stringify(logged);
      if (how === 'sql') expect(words).toContain('"sqlState":"22P02"');
      expect(words).not.toContain('secret-of-ann');
    },
  );

  it('returns validation errors of GraphQL without suggestions', async () => {
    const { status, data, errors } = await ask('{ bok(id: 1) { title } }');
    expect([status, data]).toEqual([200, undefined]);
    expect(errors).toMatchObject([
      {
        message: 'Cannot query field "bok" on type "Query".',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ]);
  });

  it('reports at most five validation errors', async () => {
    const { errors } = await ask(`{ ${Array.from({ length: 50 }, (_, n) => `a${String(n)}`).join(' ')} }`);
    expect(errors).toHaveLength(6);
    expect(errors[5]?.message).toMatch(/Too many validation errors/);
  });

  it('returns a syntax error of GraphQL unchanged', async () => {
    const { status, errors } = await ask('{ book(');
    expect(status).toBe(200);
    expect(errors[0]?.extensions.code).toBe('GRAPHQL_PARSE_FAILED');
  });
});

describe('before the answer', () => {
  it('runs work that was deferred until the response once, including work that it defers', async () => {
    const { data } = await ask('{ a: settles b: settles }');
    expect(data).toEqual({ a: 0, b: 0 });
    expect(settled).toEqual(['once', 'nested']);
  });
});

describe('limits', () => {
  it('counts the sizes of pages, also in variables', async () => {
    const query =
      'query ($n: Int) { shelves { a: books(first: $n) { edges { node { again { again { again { again { again { again { again { again { again { title } } } } } } } } } } } } } }';
    expect((await ask(query, { n: 10 })).errors).toEqual([]);
    const { status, errors } = await ask(query, { n: 100 });
    expect(status).toBe(200);
    expect(errors).toMatchObject([
      {
        message:
          'This operation may answer with 11,011 objects, by the sizes of its pages and lists; at most 10,000 are allowed.',
        extensions: { code: 'TOO_COMPLEX' },
      },
    ]);
  });

  it.each([
    ['2,000 tokens', `{ ${'whoAsks '.repeat(2_000)} }`],
    ['500 comments', `{ whoAsks } ${'# why\n'.repeat(501)}`],
    ['200,000 characters', `{ book(id: "${'x'.repeat(199_999)}") { id } }`],
  ])('refuses to parse more than %s', async (what, query) => {
    const { status, errors } = await sendOperation(url, query);
    expect(status).toBe(200);
    expect(errors).toMatchObject([
      {
        message: `This operation has more than the ${what} that are allowed.`,
        extensions: { code: 'TOO_COMPLEX' },
      },
    ]);
  });

  it('refuses the most expensive documents within the token limit quickly', async () => {
    let many: Answer | undefined;
    let nested: Answer | undefined;
    const took = await cpuTimeOf(async () => {
      many = await ask(`{ ${'whoAsks '.repeat(1_990)} }`);
      nested = await ask(
        `{ a: shelves { ${'books { nodes { again { '.repeat(60)} title ${'} } } '.repeat(60)} } }`,
      );
    });
    expect(many?.errors.map(({ message, extensions }) => [message, extensions.code])).toEqual([
      ['This operation selects the same fields too often: merge its selections.', 'TOO_COMPLEX'],
    ]);
    expect(nested?.data).toBeUndefined();
    expect(nested?.errors).not.toEqual([]);
    expect(took).toBeLessThan(4_000);
  });

  it('allows introspection to some callers, within the limits', async () => {
    const query = getIntrospectionQuery();
    const refused = await ask(query);
    expect([refused.data, refused.errors[0]?.extensions.code]).toEqual([undefined, 'UNAUTHENTICATED']);
    const given = await ask(query, {}, 'token');
    expect(given.errors).toEqual([]);
    expect(given.data).toHaveProperty('__schema.types');
    const hidden = await ask('{ ...F } fragment F on Query { a: __type(name: "Book") { name } }');
    expect(hidden.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('HTTP', () => {
  const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${url}/graphql`, { method: 'POST', headers, body });
  const codeOf = async (response: Response) => {
    const { errors } = (await response.json()) as {
      errors: { message: string; extensions: { code: string } }[];
    };
    return [response.status, errors[0]?.extensions.code, errors[0]?.message];
  };

  it.each([
    ['a name that fits no operation', { query: '{ whoAsks }', operationName: 'Nobody' }],
    ['an empty name', { query: '{ whoAsks }', operationName: '' }],
    ['several operations and no name', { query: 'query A { whoAsks } query B { whoAsks }' }],
  ])('responds to %s with a refusal', async (_what, request) => {
    const [status, code] = await codeOf(await post(JSON.stringify(request)));
    expect([status, code]).toEqual([200, 'OPERATION_RESOLUTION_FAILURE']);
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    const response = await fetch(`${url}/graphql?query={whoAsks}`, {
      method,
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(response.headers.get('allow')).toBe('POST');
    expect(await codeOf(response)).toEqual([405, 'BAD_REQUEST', 'Operations are sent with POST.']);
  });

  it('refuses HEAD', async () => {
    expect((await fetch(`${url}/graphql`, { method: 'HEAD' })).status).toBe(405);
  });

  it.each([
    ['a list of operations', '[{"query":"{whoAsks}"}]', 400, 'BAD_REQUEST'],
    ['no JSON', '{"query":', 400, 'BAD_REQUEST'],
    ['nothing', '', 400, 'BAD_REQUEST'],
    ['a prototype', '{"__proto__":{"query":"{whoAsks}"}}', 400, 'BAD_REQUEST'],
    [
      'a stored operation',
      '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
      200,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
    [
      'too much',
      JSON.stringify({ query: '{whoAsks}', variables: { a: 'x'.repeat(400_001) } }),
      413,
      'TOO_COMPLEX',
    ],
  ])('refuses %s', async (_name, body, status, code) => {
    expect((await codeOf(await post(body))).slice(0, 2)).toEqual([status, code]);
  });

  it('refuses requests that a page of a different site can send without a preflight', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const response = await post('{"query":"{whoAsks}"}', { 'content-type': type });
      expect([type, response.status >= 400 && response.status < 500]).toEqual([type, true]);
      expect(JSON.stringify(await response.json())).not.toContain('nobody');
    }
    const fine = await post('{"query":"{whoAsks}"}');
    expect(await fine.json()).toEqual({ data: { whoAsks: 'nobody' } });
  });

  const GRAPHQL = 'application/graphql-response+json';
  it.each([
    [GRAPHQL, '{ whoAsks }', 200, GRAPHQL],
    [GRAPHQL, '{ whoAsk }', 400, GRAPHQL],
    [GRAPHQL, '{ whoAsks', 400, GRAPHQL],
    [GRAPHQL, 'query ($n: Int!) { book(id: $n) { id } }', 400, GRAPHQL],
    [`${GRAPHQL},application/json;q=0.9`, '{ whoAsk }', 400, GRAPHQL],
    ['application/json', '{ whoAsks }', 200, 'application/json'],
    ['application/json', '{ whoAsk }', 200, 'application/json'],
    ['*/*', '{ whoAsks', 200, 'application/json'],
  ])('responds to Accept: %s and %s with %d', async (accept, query, status, type) => {
    const response = await post(JSON.stringify({ query }), { 'content-type': 'application/json', accept });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      `${type}; charset=utf-8`,
    ]);
  });
});
