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

/** Somebody who might be invited, and what stands against it. */
export interface Invitable {
  readonly personId: string;
  readonly address: string | null;
  readonly name: string;
  readonly problem: 'ACCOUNT' | 'LEFT' | 'NO_ADDRESS' | null;
}

/** Invitations are written through the doors of the law alone: nobody reads a link, not even whoever causes it. */
@Injectable()
export class InvitationRepository {
  /** Invitations of an organization, the newest first. */
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

  /** Those of these people who are the asking PEOPLE_ADMIN's to invite, in any order. */
  findInvitable(em: EntityManager, personIds: readonly string[]): Promise<Invitable[]> {
    return rows<Invitable>(
      em,
      sql`select person_id as "personId", address, name, problem from app.invitable(${personIds}::uuid[])`,
    );
  }

  /** Invites those who can be, and queues the mails; an open invitation of theirs gives way. */
  invite(em: EntityManager, personIds: readonly string[]): Promise<InvitationRow[]> {
    return rows<InvitationRow>(
      em,
      sql`select id, person_id as "personId", sent_at as "sentAt", expires_at as "expiresAt", null as "acceptedAt"
          from app.invite(${personIds}::uuid[])`,
    );
  }

  /** Whose invitation this is; undefined when it does not work. */
  findLink(em: EntityManager, linkHash: Buffer): Promise<AccountContext | undefined> {
    return row(em, sql`select address, context from app.invitation_link(${linkHash})`);
  }

  /** Makes the account and opens its first session. @returns the session's end; null: the link does not work */
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
