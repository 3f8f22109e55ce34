import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountContext, NewSession } from '#auth';
import { columns, row, rows, sql } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';
import { InvitationEntity, type InvitationRow } from './invitation.entity.js';

const invitation = columns(InvitationEntity, 'i');

const newestFirst = keyset(
  'invitations',
  { expression: sql`i.sent_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`i.id`, type: 'uuid', direction: 'desc' },
);

/** Whether a person can be invited. */
export interface Invitable {
  readonly personId: string;
  readonly problem: 'HAS_ACCOUNT' | 'HAS_LEFT' | 'NO_EMAIL' | null;
}

/** Invitations are written by SECURITY DEFINER functions only: nobody can read a link, not even the person who sends it. */
@Injectable()
export class InvitationRepository {
  /** The invitations of an organization, newest first. */
  async findPage(
    em: EntityManager,
    organizationId: string,
    page: PageArguments,
  ): Promise<Page<InvitationRow>> {
    const found = await rows<InvitationRow & Keyed>(
      em,
      sql`select ${invitation}, ${newestFirst.key} from invitation i
          where i.organization_id = ${organizationId} and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
    );
    return newestFirst.page(found, page);
  }

  findByIds(em: EntityManager, ids: readonly string[]): Promise<InvitationRow[]> {
    return rows<InvitationRow>(
      em,
      sql`select ${invitation} from invitation i where i.id = any(${ids}::uuid[])`,
    );
  }

  /** Those of these people who are in the organization of the viewer, a PEOPLE_ADMIN; in any order. */
  findInvitable(em: EntityManager, personIds: readonly string[]): Promise<Invitable[]> {
    return rows<Invitable>(
      em,
      sql`select person_id as "personId", problem from app.invitable(${personIds}::uuid[])`,
    );
  }

  /** Invites those who can be invited, and queues the mails. An invitation that was not accepted is replaced. */
  invite(em: EntityManager, personIds: readonly string[]): Promise<InvitationRow[]> {
    return rows<InvitationRow>(
      em,
      sql`select id, person_id as "personId", sent_at as "sentAt", expires_at as "expiresAt", null as "acceptedAt"
          from app.invite(${personIds}::uuid[])`,
    );
  }

  /** The address and password context of an invitation; undefined when its link does not work. */
  findLink(em: EntityManager, linkHash: Buffer): Promise<AccountContext | undefined> {
    return row(em, sql`select address, context from app.invitation_link(${linkHash})`);
  }

  /** Creates the account and opens its first session. @returns when the session expires; null where the link does not work */
  async accept(
    em: EntityManager,
    linkHash: Buffer,
    passwordHash: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    const found = await row<{ endsAt: Date | null }>(
      em,
      sql`select app.accept_invitation(${linkHash}, ${passwordHash}, ${tokenHash}, ${label}) as "endsAt"`,
    );
    return found?.endsAt ?? null;
  }
}
