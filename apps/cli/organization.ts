import { NestFactory } from '@nestjs/core';
import { Command, InvalidArgumentError } from 'commander';
import type { EntityManager } from 'typeorm';
import { hashToken, newToken } from '#auth';
import { cleanLine, findTimeZone, nameProblem, readEmailAddress, TIME_ZONE_REFUSED } from '#common';
import { Database, DbModule, StartError, affected, row, sql } from '#db';
import { Links } from '#mail';
import { SettingsError, readSettings } from '#settings';

/** The roles of the first administrator. */
const FIRST_ROLES = ['ORGANIZATION_ADMIN', 'PEOPLE_ADMIN'] as const;

interface NewOrganization {
  readonly name: string;
  readonly address: string;
  readonly adminName: string;
  readonly timeZone: string;
}

/** `organization create`: an organization and its first administrator, the only person who gets a link from an operator. */
export const organizationCommand = new Command('organization')
  .description('Manages the organizations of this installation.')
  .addCommand(
    new Command('create')
      .description(
        'Creates an organization with its first administrator, and prints the link with which they set their password. Until they have, the same command prints a new link.',
      )
      .argument('<name>', 'the name of the organization', nameOf)
      .requiredOption('--admin <address>', "the administrator's e-mail address", addressOf)
      .option(
        '--admin-name <name>',
        "the administrator's name; by default the part of the address before the @",
        nameOf,
      )
      .option(
        '--time-zone <zone>',
        'the time zone of the organization, for example Europe/Berlin',
        timeZoneOf,
        'UTC',
      )
      .action(
        async (
          name: string,
          options: { admin: string; adminName?: string; timeZone: string },
        ): Promise<void> => {
          const { admin: address, adminName = address.split('@')[0] ?? address, timeZone } = options;
          const token = await create({ name, address, adminName, timeZone });
          const link = new Links({ publicUrl: readSettings().publicUrl }).to('accept-invitation', token);
          console.log(`${adminName} sets a password here, once, within 72 hours:\n${link}`);
        },
      ),
  );

/** @returns the token of the invitation. @throws SettingsError, StartError with a sentence for the operator */
async function create(wanted: NewOrganization): Promise<string> {
  const { databaseAdminUrl } = readSettings();
  if (databaseAdminUrl === undefined) {
    throw new SettingsError('organization create needs DATABASE_ADMIN_URL, the login that owns the tables.');
  }
  const app = await NestFactory.createApplicationContext(
    DbModule.forRoot({ url: databaseAdminUrl, poolSize: 1, statementTimeoutMs: 10_000 }),
    { logger: ['error', 'fatal'], abortOnError: false },
  );
  try {
    return await app.get(Database).write(null, async (em) => {
      // Names are not unique in the database: of two commands at once with one name, the second waits and finds the first.
      await row(em, sql`select pg_advisory_xact_lock(hashtextextended('organization create', 0))`);
      const taken = await row(
        em,
        sql`select 1 from account where folded_address(sign_in_address) = folded_address(${wanted.address})`,
      );
      if (taken) {
        throw new StartError(
          `Another account signs in with ${wanted.address}. Use a different address for this administrator.`,
        );
      }
      const existing = await row<{ id: string }>(
        em,
        sql`select id from organization where folded_name(name) = folded_name(${wanted.name}) for update`,
      );
      return existing ? renewLink(em, existing.id, wanted) : createOrganization(em, wanted);
    });
  } finally {
    await app.close();
  }
}

async function createOrganization(
  em: EntityManager,
  { name, address, adminName, timeZone }: NewOrganization,
): Promise<string> {
  const person = await row<{ organizationId: string; personId: string }>(
    em,
    sql`with organization as (
          insert into organization (name, time_zone) values (${name}, ${timeZone}) returning id
        )
        insert into person (organization_id, name, email)
        select id, ${adminName}, ${address} from organization
        returning organization_id as "organizationId", id as "personId"`,
  );
  if (!person) throw new Error('INSERT returned nothing');
  const { organizationId, personId } = person;
  for (const role of FIRST_ROLES) {
    await affected(
      em,
      sql`insert into role_grant (person_id, role, organization_id) values (${personId}, ${role}, ${organizationId})`,
    );
  }
  await record(em, organizationId, 'ORGANIZATION_CREATED', `Organization ${organizationId}`);
  return invite(em, organizationId, personId, address);
}

/** A new link for an administrator whose first one expired. */
async function renewLink(
  em: EntityManager,
  organizationId: string,
  { name, address }: NewOrganization,
): Promise<string> {
  const person = await row<{ id: string }>(
    em,
    sql`select p.id from person p join role_grant r on r.person_id = p.id and r.role = 'ORGANIZATION_ADMIN'
        where p.organization_id = ${organizationId} and folded_address(p.email) = folded_address(${address})
          and not exists (select 1 from account a where a.organization_id = ${organizationId})`,
  );
  if (!person) {
    throw new StartError(
      `An organization named "${name}" exists. Choose a different name, or ask its administrators to invite ${address}.`,
    );
  }
  return invite(em, organizationId, person.id, address);
}

async function invite(
  em: EntityManager,
  organizationId: string,
  personId: string,
  address: string,
): Promise<string> {
  const token = newToken();
  await affected(em, sql`delete from invitation where person_id = ${personId} and accepted_at is null`);
  await affected(
    em,
    sql`insert into invitation (organization_id, person_id, address, token_hash)
        values (${organizationId}, ${personId}, ${address}, ${hashToken(token)})`,
  );
  await record(em, organizationId, 'PERSON_INVITED', `Person ${personId}`);
  return token;
}

async function record(
  em: EntityManager,
  organizationId: string,
  action: string,
  subject: string,
): Promise<void> {
  await affected(
    em,
    sql`insert into audit_entry (organization_id, action, subject) values (${organizationId}, ${action}, ${subject})`,
  );
}

function nameOf(value: string): string {
  const name = cleanLine(value);
  const problem = nameProblem(name, 200);
  if (problem !== undefined) throw new InvalidArgumentError(`It ${problem}`);
  return name;
}

function addressOf(value: string): string {
  const address = readEmailAddress(value);
  if (address === undefined) throw new InvalidArgumentError('It must be an e-mail address.');
  return address;
}

function timeZoneOf(value: string): string {
  const found = findTimeZone(value);
  if (found === undefined) throw new InvalidArgumentError(TIME_ZONE_REFUSED);
  return found;
}
