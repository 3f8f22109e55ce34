import { NestFactory } from '@nestjs/core';
import { Command, InvalidArgumentError } from 'commander';
import { cleanText, textProblem } from '#common';
import { Database, DbModule, StartError, affected, row, sql } from '#db';
import { LONGEST_MARKDOWN } from '#graphql';
import { SettingsError, readSettings } from '#settings';
import { findOrganization } from './find-organization.js';

interface Erratum {
  readonly organization: string;
  readonly periodKey: string;
  readonly text: string;
}

/** `trends erratum`: says what is wrong with figures that were released. The figures themselves cannot be changed. */
export const trendsCommand = new Command('trends')
  .description('Manages released engagement trends.')
  .addCommand(
    new Command('erratum')
      .description(
        'Adds a correction to a released period, for everybody who can read it. It cannot be changed or deleted.',
      )
      .argument('<period>', 'the released period, for example 2026-05 or 2026-Q2')
      .argument('<text>', 'what is wrong with the figures, in Markdown', textOf)
      .requiredOption('--organization <name or ID>', 'the organization')
      .action(async (periodKey: string, text: string, { organization }: { organization: string }) => {
        const { databaseAdminUrl } = readSettings();
        if (databaseAdminUrl === undefined) {
          throw new SettingsError('trends erratum needs DATABASE_ADMIN_URL, the login that owns the tables.');
        }
        await addErratum(databaseAdminUrl, { organization, periodKey, text });
        console.log(`Added a correction to ${periodKey}.`);
      }),
  );

/** @throws StartError where there is no such organization, or the period is not released */
async function addErratum(url: string, { organization, periodKey, text }: Erratum): Promise<void> {
  const app = await NestFactory.createApplicationContext(
    DbModule.forRoot({ url, poolSize: 1, statementTimeoutMs: 10_000 }),
    { logger: ['error', 'fatal'], abortOnError: false },
  );
  try {
    await app.get(Database).write(null, async (em) => {
      const organizationId = await findOrganization(em, organization);
      const release = await row<{ id: string }>(
        em,
        sql`select id from trend_release where organization_id = ${organizationId} and period_key = ${periodKey}`,
      );
      if (!release) {
        throw new StartError(
          `${organization} has no released period "${periodKey}". Periods are called 2026-05 or 2026-Q2, and are released seven days after they end.`,
        );
      }
      await affected(
        em,
        sql`insert into trend_erratum (organization_id, release_id, text) values (${organizationId}, ${release.id}, ${text})`,
      );
      await affected(
        em,
        sql`insert into audit_entry (organization_id, action, subject)
            values (${organizationId}, 'TREND_ERRATUM_ADDED', ${`TrendRelease ${release.id}`})`,
      );
    });
  } finally {
    await app.close();
  }
}

function textOf(value: string): string {
  const text = cleanText(value);
  const problem = textProblem(text, LONGEST_MARKDOWN);
  if (problem !== undefined) throw new InvalidArgumentError(`It ${problem}`);
  return text;
}
