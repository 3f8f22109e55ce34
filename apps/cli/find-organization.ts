import type { EntityManager } from 'typeorm';
import { StartError, rows, sql } from '#db';

/** An organization by its name or ID. @throws StartError where there is none, or several with the name */
export async function findOrganization(em: EntityManager, nameOrId: string): Promise<string> {
  const found = await rows<{ id: string }>(
    em,
    sql`select id from organization
        where folded_name(name) = folded_name(${nameOrId}) or id::text = lower(${nameOrId}) order by id`,
  );
  const [one, ...others] = found;
  if (!one) throw new StartError(`There is no organization named "${nameOrId}".`);
  if (others.length > 0) {
    const ids = found.map(({ id }) => id).join(', ');
    throw new StartError(
      `Several organizations are named "${nameOrId}". Pass the ID of one of them: ${ids}.`,
    );
  }
  return one.id;
}
