/**
 * npm run new -- NAME --in libs/DOMAIN/FOLDER: writes the files of a new type by the conventions of CONTRIBUTING.md, registers them
 * in the domain's module, and lists what is left to do.
 *
 *   npm run new -- career-note --in libs/goals/career-notes
 *
 * The type begins with an id, an owner and a title; it can be created, read by its id, and deleted. The policies deny everything, and
 * the end-to-end test fails, until both are written.
 */
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Stop, main, root } from './processes.mjs';

const USAGE = 'Give a name and a folder: npm run new -- career-note --in libs/goals/career-notes';

/** `career-note` in the forms that code, SQL and sentences need. */
function formsOf(kebab) {
  const words = kebab.split('-');
  const capitalized = words.map((word) => word[0].toUpperCase() + word.slice(1));
  const pascal = capitalized.join('');
  const plural = (text) => (/[^aeiou]y$/.test(text) ? text.replace(/y$/, 'ies') : `${text}s`);
  return {
    kebab,
    pascal,
    camel: pascal[0].toLowerCase() + pascal.slice(1),
    camelPlural: plural(pascal[0].toLowerCase() + pascal.slice(1)),
    snake: words.join('_'),
    screaming: words.join('_').toUpperCase(),
    text: words.join(' '),
    textPlural: plural(words.join(' ')),
    article: /^[aeiou]/.test(kebab) ? 'an' : 'a',
    capital: `${capitalized[0]}${words.length > 1 ? ` ${words.slice(1).join(' ')}` : ''}`,
  };
}

const templates = {
  entity: ({ pascal, snake, capital }) => `import { Column, Entity, PrimaryColumn } from 'typeorm';

/** ${capital}: TODO, what a row represents and who can see it. */
@Entity('${snake}')
export class ${pascal}Entity {
  @PrimaryColumn('uuid', { insert: false })
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  ownerId!: string;

  @Column('text')
  title!: string;
}

export type ${pascal}Row = ${pascal}Entity;
`,

  model: ({ pascal, camel, text, article }) => `import { Field, ObjectType } from '@nestjs/graphql';
import { NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description: 'TODO: what ${article} ${text} represents, and who can see it.',
})
export class ${pascal} extends NodeModel {
  @Field({ description: 'The title, at most 200 characters.' })
  title!: string;
}

@ObjectType({ description: 'The result of creating ${article} ${text}.' })
export class ${pascal}Payload {
  @Field(() => ${pascal}, { description: 'The ${text} after the change.' })
  ${camel}!: ${pascal};
}
`,

  inputs: ({ pascal, text, article }) => `import { Field, InputType } from '@nestjs/graphql';
import { IsTitle } from '#graphql';

@InputType({ description: 'Creates ${article} ${text}.' })
export class Create${pascal}Input {
  @IsTitle()
  @Field({ description: 'The title, at most 200 characters.' })
  title!: string;
}
`,

  repository: ({ pascal, camel, snake, text, article }) => `import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql, type Values } from '#db';
import { ${pascal}Entity, type ${pascal}Row } from './${formsFile(snake)}.entity.js';

const ${camel} = columns(${pascal}Entity, 't');

@Injectable()
export class ${pascal}Repository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<${pascal}Row[]> {
    return rows<${pascal}Row>(em, sql\`select \${${camel}} from ${snake} t where t.id = any(\${ids}::uuid[])\`);
  }

  /** @returns the id */
  async insert(em: EntityManager, values: Values<${pascal}Entity>): Promise<string> {
    const inserted = await row<{ id: string }>(em, sql\`\${insertInto(${pascal}Entity, values)} returning id\`);
    if (!inserted) throw new Error('Inserting ${article} ${text} returned no row.');
    return inserted.id;
  }

  /** @returns whether a row was deleted: false when it does not exist, is hidden, or the viewer may not delete it */
  async delete(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql\`delete from ${snake} where id = \${id}\`)) > 0;
  }
}
`,

  loader: ({ pascal, camelPlural, kebab }) => `import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { ${pascal}Row } from './${kebab}.entity.js';
import { ${pascal}Repository } from './${kebab}.repository.js';

@Injectable()
export class ${pascal}Loader {
  constructor(
    private readonly database: Database,
    private readonly ${camelPlural}: ${pascal}Repository,
  ) {}

  readonly byId = createLoader<string, ${pascal}Row>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.${camelPlural}.findByIds(em, ids);
      return new Map(found.map((row) => [row.id, row]));
    }),
  );
}
`,

  service: ({ pascal, camel, camelPlural, kebab, text }) => `import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { notFound, notPermitted, type PersonRequest } from '#graphql';
import type { Create${pascal}Input } from './${kebab}.inputs.js';
import { ${pascal}Loader } from './${kebab}.loader.js';
import type { ${pascal}Payload } from './${kebab}.model.js';
import { ${pascal}Repository } from './${kebab}.repository.js';

@Injectable()
export class ${pascal}Service {
  constructor(
    private readonly database: Database,
    private readonly ${camelPlural}: ${pascal}Repository,
    private readonly loader: ${pascal}Loader,
  ) {}

  async create(ctx: PersonRequest, { title }: Create${pascal}Input): Promise<${pascal}Payload> {
    const { organizationId, personId: ownerId } = ctx.viewer;
    const id = await this.database.write(ctx, (em) =>
      this.${camelPlural}.insert(em, { organizationId, ownerId, title }),
    );
    const ${camel} = await this.loader.byId(ctx).load(id);
    if (!${camel}) throw notFound();
    return { ${camel} };
  }

  /** @throws NOT_FOUND for a row that the viewer cannot see, NOT_PERMITTED for one that they can only see */
  async delete(ctx: PersonRequest, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      if (await this.${camelPlural}.delete(em, id)) return;
      const [visible] = await this.${camelPlural}.findByIds(em, [id]);
      throw visible ? notPermitted('Only its owner can delete this ${text}.') : notFound();
    });
  }
}
`,

  resolver: ({ pascal, kebab, text, article }) => `import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentContext, DeleteInput, DeletePayload, type PersonRequest } from '#graphql';
import { Create${pascal}Input } from './${kebab}.inputs.js';
import { ${pascal}, ${pascal}Payload } from './${kebab}.model.js';
import { ${pascal}Service } from './${kebab}.service.js';

@Resolver(() => ${pascal})
export class ${pascal}Resolver {
  constructor(private readonly service: ${pascal}Service) {}

  @Mutation(() => ${pascal}Payload, { description: 'Creates ${article} ${text}.' })
  create${pascal}(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The ${text} to create.' }) input: Create${pascal}Input,
  ): Promise<${pascal}Payload> {
    return this.service.create(ctx, input);
  }

  @Mutation(() => DeletePayload, { description: 'Deletes ${article} ${text}. Only its owner can delete it.' })
  async delete${pascal}(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The ${text} to delete.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.service.delete(ctx, id);
    return { deletedId: id };
  }
}
`,
};

const migration = ({ snake }) => `create table ${snake} (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  owner_id uuid not null,
  title text not null check (char_length(title) between 1 and 200),
  unique (organization_id, id),
  foreign key (organization_id, owner_id) references person (organization_id, id)
);

create index ${snake}_owner on ${snake} (organization_id, owner_id);
`;

const policies = ({ snake, textPlural }) => `
-- TODO ${textPlural}: who can see, add, change and delete a row. Without a policy nobody can.
alter table ${snake} enable row level security;
grant select (id, organization_id, owner_id, title), insert (organization_id, owner_id, title), delete
  on ${snake} to :"app";
`;

const test = ({ pascal, camel, text, textPlural }) => `import { World } from '../factories/world.js';
import { Actors, type Actor } from './actors.js';
import { startApp, type TestApp } from './app.js';

const CREATE = \`mutation ($input: Create${pascal}Input!) { create${pascal}(input: $input) { ${camel} { id title } } }\`;
const READ = \`query ($id: ID!) { node(id: $id) { ... on ${pascal} { title } } }\`;
const DELETE = \`mutation ($input: DeleteInput!) { delete${pascal}(input: $input) { deletedId } }\`;

describe('${textPlural}', () => {
  let app: TestApp;
  let owner: Actor;
  let colleague: Actor;
  beforeAll(async () => {
    app = await startApp();
    const world = new World(app.database);
    const actors = new Actors(app, world);
    const organization = await world.organization();
    owner = await actors.join(organization);
    colleague = await actors.join(organization);
  });
  afterAll(() => app.close());

  const create = async (): Promise<string> => {
    const data = await owner.get<Record<'create${pascal}', Record<'${camel}', { id: string }>>>(CREATE, {
      input: { title: 'A title' },
    });
    return data.create${pascal}.${camel}.id;
  };

  it('shows ${textPlural} to their owner and to nobody else', async () => {
    const id = await create();
    expect(await owner.get(READ, { id })).toEqual({ node: { title: 'A title' } });
    expect(await colleague.get(READ, { id })).toEqual({ node: null });
  });

  it('deletes a ${text} for its owner only', async () => {
    const id = await create();
    expect(await colleague.refusal(DELETE, { input: { id } })).toBe('NOT_FOUND');
    expect(await owner.get(DELETE, { input: { id } })).toEqual({ delete${pascal}: { deletedId: id } });
    expect(await owner.get(READ, { id })).toEqual({ node: null });
  });
});
`;

function formsFile(snake) {
  return snake.replaceAll('_', '-');
}

/** The policy file of a domain. */
const POLICY_FILES = {
  people: '10-people.sql',
  goals: '30-personal-goals.sql',
  'business-goals': '40-business-goals.sql',
  alignment: '50-alignments.sql',
  conversations: '60-conversations.sql',
};

async function nextMigration() {
  const numbers = (await readdir(join(root, 'migrations'))).map((name) => Number(name.slice(0, 4)));
  return String(Math.max(...numbers.filter((number) => !Number.isNaN(number))) + 1).padStart(4, '0');
}

/** Adds imports, providers and the node type to the domain's module. */
function registered(source, path, forms) {
  const { pascal, camelPlural, kebab, snake } = forms;
  const kinds = ['Loader', 'Repository', 'Resolver', 'Service'];
  const imports = kinds.map(
    (kind) => `import { ${pascal}${kind} } from '${path}/${kebab}.${kind.toLowerCase()}.js';\n`,
  );
  const providers = kinds.map((kind) => `    ${pascal}${kind},\n`);
  let text = source.replace(/\n\n(?=(\/\*\*|@Module))/, `\n${imports.join('')}\n`);
  text = text.replace(/(providers: \[\n)/, `$1${providers.join('')}`);
  text = text.replace(/(this\.nodes\.register\()\s*/, (_all, call) => {
    return `${call}\n      { typename: '${pascal}', table: sql\`${snake}\`, load: this.${camelPlural}.byId },\n      `;
  });
  return text.replace(
    /(private readonly nodes: NodeRegistry,\n)/,
    `$1    private readonly ${camelPlural}: ${pascal}Loader,\n`,
  );
}

await main(async () => {
  const { values, positionals } = parseArgs({ options: { in: { type: 'string' } }, allowPositionals: true });
  const [name] = positionals;
  if (name === undefined || values.in === undefined || positionals.length > 1) throw new Stop(USAGE);
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) {
    throw new Stop(`Write the name in lower case, words joined by hyphens, in the singular: career-note.`);
  }
  const [, domain, folder] = /^libs\/([a-z-]+)(?:\/([a-z-]+))?\/?$/.exec(values.in) ?? [];
  const moduleFile = join('libs', domain ?? '', `${domain ?? ''}.module.ts`);
  if (domain === undefined || !existsSync(join(root, moduleFile)) || POLICY_FILES[domain] === undefined) {
    throw new Stop(
      `${values.in} is not a folder of a domain. Domains are ${Object.keys(POLICY_FILES).join(', ')}.`,
    );
  }
  const forms = formsOf(name);
  const target = join('libs', domain, folder ?? '');
  const files = Object.fromEntries(
    Object.entries(templates).map(([kind, template]) => [
      join(target, `${name}.${kind}.ts`),
      template(forms),
    ]),
  );
  files[join('migrations', `${await nextMigration()}-${name}.sql`)] = migration(forms);
  files[join('test', 'e2e', `${formsOf(name).textPlural.replaceAll(' ', '-')}.spec.ts`)] = test(forms);
  const existing = Object.keys(files).filter((path) => existsSync(join(root, path)));
  if (existing.length > 0) throw new Stop(`${existing.join(', ')} already exists.`);

  const moduleSource = await readFile(join(root, moduleFile), 'utf8');
  const modulePath = `./${relative(dirname(moduleFile), target).replaceAll('\\', '/')}`.replace(/\/$/, '');
  files[moduleFile] = registered(moduleSource, modulePath, forms);

  const { default: prettier } = await import('prettier');
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    const options = await prettier.resolveConfig(join(root, path), { editorconfig: true });
    const formatted = path.endsWith('.ts')
      ? await prettier.format(text, { ...options, filepath: path })
      : text;
    await writeFile(join(root, path), formatted);
    console.log(`Wrote ${path}`);
  }
  const policyFile = join('policies', POLICY_FILES[domain]);
  await appendFile(join(root, policyFile), policies(forms));
  console.log(`Wrote ${policyFile}`);
  console.log(`
To do, as CONTRIBUTING.md describes:
  1. Complete the migration and the policies, and add the table to the header of ${basename(policyFile)}.
  2. Add the table to test/policies: rows.ts, oracle.ts, oracle-writes.ts, write-attempts.ts, company.ts, random-world.ts,
     visibility-page.ts.
  3. Replace each TODO, add fields, and make the end-to-end test pass.
  4. Add the mutations to test/e2e/idempotent-mutations.spec.ts.
  5. Run npm run schema, and add a line to CHANGELOG.md.`);
});
