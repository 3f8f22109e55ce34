import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, join, rows, sql } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';
import type { Viewer } from '#identity';
import { AuditEntryEntity, type AuditEntryRow } from './audit.entity.js';
import type { AuditAction } from './audit.model.js';

/** Which entries; a filter that is left out does not apply. Days are inclusive and the organization's. */
export interface AuditFilter extends PageArguments {
  readonly action?: readonly AuditAction[] | null;
  readonly actorId?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
}

const entry = sql`${columns(AuditEntryEntity, 'a')},
  substring(a.subject from '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')::uuid as "subjectId"`;

const newestFirst = keyset(
  'auditTrail',
  { expression: sql`a.at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`a.id`, type: 'uuid', direction: 'desc' },
);

@Injectable()
export class AuditRepository {
  /** Adds an entry for each subject, in one statement. */
  async add(
    em: EntityManager,
    viewer: Viewer,
    action: AuditAction,
    subjects: readonly string[],
  ): Promise<void> {
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
    filter: AuditFilter,
  ): Promise<Page<AuditEntryRow>> {
    const { action, actorId, from, to } = filter;
    const zone = sql`(select app.usable_time_zone(o.time_zone) from organization o where o.id = ${organizationId})`;
    const conditions = [
      sql`a.organization_id = ${organizationId}`,
      newestFirst.where(filter),
      ...(action ? [sql`a.action = any(${action}::text[])`] : []),
      ...(actorId ? [sql`a.actor_id = ${actorId}`] : []),
      ...(from ? [sql`a.at >= app.start_of_day(${from}::date, ${zone})`] : []),
      ...(to ? [sql`a.at < app.start_of_day(${to}::date + 1, ${zone})`] : []),
    ];
    const found = await rows<AuditEntryRow & Keyed>(
      em,
      sql`select ${entry}, ${newestFirst.key} from audit_entry a
          where ${join(conditions, sql` and `)}
          order by ${newestFirst.orderBy(filter)} limit ${newestFirst.limit(filter)}`,
    );
    return newestFirst.page(found, filter);
  }
}
