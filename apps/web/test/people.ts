import type { Browser } from 'playwright-core';
import { asPerson, send, url, type Ask, type Session } from './api.ts';
import { linkTo } from './mail.ts';
import { openIn, openPage, type Opened } from './stories.ts';

/** A person of a story's own, who leaves when it ends. */
export interface NewPerson {
  readonly id: string;
  readonly email: string;
  readonly leave: () => Promise<void>;
}

const ADMINISTRATOR = 'lucia@quince-gander.example';
let administrator: Promise<Ask> | undefined;
/** Asks the service as a people administrator, who signs in once for each file of stories. */
export const asAdministrator = (): Promise<Ask> => (administrator ??= asPerson(ADMINISTRATOR));

export const PASSWORD = 'four quiet otters knit';
let count = 0;

/**
 * Adds a person to the demo organization and invites them.
 *
 * @param managerId whom they report to
 */
export async function invitePerson(name: string, managerId?: string): Promise<NewPerson> {
  const ask = await asAdministrator();
  count += 1;
  const email = `story-${String(Date.now())}-${String(count)}@quince-gander.example`;
  const created = await ask(
    'mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { id } } }',
    { input: { name, email, managerId } },
  );
  const { id } = (created['createPerson'] as { person: { id: string } }).person;
  await ask('mutation ($input: InvitePeopleInput!) { invitePeople(input: $input) { refusals { reason } } }', {
    input: { personIds: [id] },
  });
  return { id, email, leave: () => endEmployment(id) };
}

/** Ends the employment of a person of a story: nobody can be deleted. */
export async function endEmployment(id: string): Promise<void> {
  const ask = await asAdministrator();
  await ask('mutation ($input: EndEmploymentInput!) { endEmployment(input: $input) { person { id } } }', {
    input: { id, leftOn: new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10) },
  });
}

/** A person of a story's own who has an account with PASSWORD. */
export interface Member extends NewPerson {
  readonly name: string;
  /** Of a session. */
  readonly token: string;
  /** Asks the service as they. */
  readonly ask: Ask;
}

/** Adds a person who has an account. */
export async function addPerson(name: string, managerId?: string): Promise<Member> {
  const person = await invitePerson(name, managerId);
  const link = await linkTo(person.email, 'accept-invitation');
  const accepted = await send(
    undefined,
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { token } }',
    {
      input: { token: new URL(link).hash.slice(1), password: PASSWORD },
    },
  );
  const { token } = accepted['acceptInvitation'] as { token: string };
  return { ...person, name, token, ask: (query, variables) => send(token, query, variables) };
}

/** A manager and a person who reports to them, with a one-to-one every week. */
export interface Two {
  readonly manager: Member;
  readonly report: Member;
  readonly oneToOneId: string;
  readonly leave: () => Promise<void>;
}

/** Adds two people who have a one-to-one. */
export async function addTwo(managerName: string, reportName: string): Promise<Two> {
  const manager = await addPerson(managerName);
  const report = await addPerson(reportName, manager.id);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const started = await manager.ask(
    `mutation ($input: StartOneToOneInput!) {
       startOneToOne(input: $input) { ... on OneToOnePayload { oneToOne { id } } }
     }`,
    {
      input: {
        personId: report.id,
        recurrence: 'FREQ=WEEKLY',
        startsAt: `${tomorrow}T10:00:00Z`,
        timeZone: 'Europe/Berlin',
      },
    },
  );
  const { id } = (started['startOneToOne'] as { oneToOne: { id: string } }).oneToOne;
  const leave = async (): Promise<void> => {
    await report.leave();
    await manager.leave();
  };
  return { manager, report, oneToOneId: id, leave };
}

/** Opens a page of the client as somebody who is signed in already. */
export async function openAs(
  browser: Browser,
  session: Session,
  path: string,
  options: Parameters<typeof openPage>[1] = {},
): Promise<Opened> {
  const opened = await openPage(browser, options);
  await openIn(session, opened.page, `${url}${path}`);
  return opened;
}
