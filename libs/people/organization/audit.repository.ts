import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, rows, sql } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';
import type { Viewer } from '#identity';
import { AuditEntryEntity, type AuditEntryRow } from './audit.entity.js';

const entry = columns(AuditEntryEntity, 'a');

const newestFirst = keyset(
  'auditTrail',
  { expression: sql`a.at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`a.id`, type: 'uuid', direction: 'desc' },
);

@Injectable()
export class AuditRepository {
  /** Adds an entry for each subject, in one statement; nobody serving can change or remove it. */
  async add(em: EntityManager, viewer: Viewer, action: string, subjects: readonly string[]): Promise<void> {
    await affected(
      em,
      sql`insert into audit_entry (organization_id, actor_id, action, subject)
          select ${viewer.organizationId}::uuid, ${viewer.personId}::uuid, ${action}, subject
          from unnest(${subjects}::text[]) as subject`,
    );
  }

  /** Entries of an organization, newest first. */
  async findPage(
    em: EntityManager,
    organizationId: string,
    page: PageArguments,
  ): Promise<Page<AuditEntryRow>> {
    const found = await rows<AuditEntryRow & Keyed>(
      em,
      sql`select ${entry}, ${newestFirst.key} from audit_entry a
          where a.organization_id = ${organizationId} and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
    );
    return newestFirst.page(found, page);
  }
}
