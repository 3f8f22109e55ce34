import { sql, type Sql } from '#db';
import { badInput, notFound } from '#graphql';

export const ONLY_OWNER_SHARES = 'Only the owner of a personal goal can share it.';

/**
 * Whether a new share of the viewer with this person begins as PENDING: if they are the viewer's primary manager, leaders share first,
 * and they have not shared yet. Decided by app.share_begins_pending (policies/30-personal-goals.sql), which inserting a share uses too.
 */
export function wouldBePending(withId: Sql): Sql {
  return sql`app.own_share_begins_pending(${withId})`;
}

/** @throws NOT_FOUND for a person whom the viewer cannot see, BAD_USER_INPUT for the viewer and for people who have left */
export function assertRecipient(
  id: string,
  recipient: { readonly hasLeft: boolean } | undefined,
  viewerId: string,
  path: string,
): void {
  if (recipient === undefined) throw notFound('No person with this ID exists in your organization.');
  if (id === viewerId) throw badInput(path, 'Choose somebody other than yourself.');
  if (recipient.hasLeft)
    throw badInput(path, 'Choose somebody who has not left the organization.', 'NOT_ALLOWED');
}
