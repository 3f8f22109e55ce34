import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type ViewerContext } from '#db';
import type { Page } from '#graphql';
import type { AuditEntryRow } from './audit.entity.js';
import type { AuditAction } from './audit.model.js';
import { AuditRepository, type AuditFilter } from './audit.repository.js';
import { requireRole } from './role.rules.js';

export type { AuditAction } from './audit.model.js';

/** What an action was applied to: an object by its ID, or a setting by its name. */
export type AuditSubject =
  | {
      readonly type: 'API token' | 'Department' | 'Location' | 'Organization' | 'Person' | 'Procedure area';
      readonly id: string;
      /** A role, scopes or another ID. Never names or texts that people wrote. */
      readonly detail?: string;
    }
  | { readonly setting: string };

/** The audit trail of an organization: who, when, what kind; never content. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly database: Database,
    private readonly entries: AuditRepository,
  ) {}

  /**
   * Adds an entry for each subject in the caller's transaction, so that nothing happens unrecorded. What imports, API tokens and the
   * operator's commands do is recorded by SQL functions and those commands.
   *
   * @throws NOT_PERMITTED where the viewer has meanwhile lost the role that the action takes (app.recorded_actions)
   */
  async record(
    em: EntityManager,
    ctx: ViewerContext,
    action: AuditAction,
    subject: AuditSubject | readonly AuditSubject[],
  ): Promise<void> {
    await this.entries.add(em, ctx.viewer, action, [subject].flat().map(labelOf));
  }

  /** The entries of the viewer's organization, newest first. @throws NOT_PERMITTED without the role AUDITOR */
  page(ctx: ViewerContext, filter: AuditFilter): Promise<Page<AuditEntryRow>> {
    requireRole(ctx.viewer, 'AUDITOR');
    return this.database.read(ctx, (em) => this.entries.findPage(em, ctx.viewer.organizationId, filter));
  }
}

/** AuditRepository reads the ID back from this text. */
function labelOf(subject: AuditSubject): string {
  if ('setting' in subject) return subject.setting;
  const { type, id, detail } = subject;
  return detail === undefined ? `${type} ${id}` : `${type} ${id}: ${detail}`;
}
