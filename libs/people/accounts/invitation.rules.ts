import {
  INVITATION_REFUSALS,
  type InvitationRefusal,
  type InvitationRefusalReason,
} from './invitation.model.js';

/** Who was refused, by reason. An Idempotency-Key keeps ids and names of properties, and no texts: so this can be replayed. */
export type RefusedPeople = Readonly<Partial<Record<InvitationRefusalReason, readonly string[]>>>;

/** The refusals as the API returns them, in the order of the people who were to be invited. */
export function toRefusals(refused: RefusedPeople, personIds: readonly string[]): InvitationRefusal[] {
  const reasons = new Map(
    (Object.entries(refused) as [InvitationRefusalReason, readonly string[]][]).flatMap(([reason, ids]) =>
      ids.map((id) => [id, reason] as const),
    ),
  );
  return personIds.flatMap((personId) => {
    const reason = reasons.get(personId);
    return reason === undefined ? [] : [{ personId, reason, message: INVITATION_REFUSALS[reason] }];
  });
}
