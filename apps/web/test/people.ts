import { asPerson, send, type Ask } from './api.ts';
import { linkTo } from './mail.ts';

/** A person of a story's own, who leaves when it ends. */
export interface NewPerson {
  readonly id: string;
  readonly email: string;
  readonly leave: () => Promise<void>;
}

const ADMINISTRATOR = 'lucia@quince-gander.example';
export const PASSWORD = 'four quiet otters knit';
let count = 0;

/** Adds a person to the demo organization and invites them. */
export async function invitePerson(name: string): Promise<NewPerson> {
  const ask = await asPerson(ADMINISTRATOR);
  count += 1;
  const email = `story-${String(Date.now())}-${String(count)}@quince-gander.example`;
  const created = await ask(
    'mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { id } } }',
    { input: { name, email } },
  );
  const { id } = (created['createPerson'] as { person: { id: string } }).person;
  await ask('mutation ($input: InvitePeopleInput!) { invitePeople(input: $input) { refusals { reason } } }', {
    input: { personIds: [id] },
  });
  return { id, email, leave: () => endEmployment(id) };
}

/** Ends the employment of a person of a story: nobody can be deleted. */
export async function endEmployment(id: string): Promise<void> {
  const ask = await asPerson(ADMINISTRATOR);
  await ask('mutation ($input: EndEmploymentInput!) { endEmployment(input: $input) { person { id } } }', {
    input: { id, leftOn: new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10) },
  });
}

/** Adds a person who has an account with PASSWORD. `ask` asks the service as they. */
export async function addPerson(name: string): Promise<NewPerson & { readonly ask: Ask }> {
  const person = await invitePerson(name);
  const link = await linkTo(person.email, 'accept-invitation');
  await send(
    undefined,
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { token } }',
    {
      input: { token: new URL(link).hash.slice(1), password: PASSWORD },
    },
  );
  return { ...person, ask: await asPerson(person.email, PASSWORD) };
}
