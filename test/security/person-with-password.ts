import { createHash } from 'node:crypto';
import type { TestApp } from '../e2e/app.js';
import type { TestPerson, World } from '../factories/world.js';

/** Somebody who has chosen this password with an invitation. */
export async function personWithPassword(
  app: Pick<TestApp, 'graphql'>,
  world: World,
  password: string,
): Promise<TestPerson> {
  const person = await world.person(await world.organization());
  const link = 'x'.repeat(20) + person.id.replaceAll('-', '').slice(0, 23);
  await world.insert('invitation', {
    organization_id: person.organizationId,
    person_id: person.id,
    address: person.email,
    token_hash: createHash('sha256').update(link).digest(),
  });
  const { errors } = await app.graphql(
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { token } }',
    { input: { token: link, password } },
  );
  expect(errors).toEqual([]);
  return person;
}
