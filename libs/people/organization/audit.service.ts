import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type ViewerContext } from '#db';
import { notPermitted, type Page, type PageArguments } from '#graphql';
import type { AuditEntryRow } from './audit.entity.js';
import { AuditRepository } from './audit.repository.js';

/**
 * Every kind of entry. The use of an API token (API_TOKEN_USED, once a day) is written by the database itself
 * (app.touch_session), what an operator's command does by that command.
 */
export type AuditAction =
  | 'ACCOUNT_DISABLED'
  | 'ACCOUNT_ENABLED'
  | 'API_TOKEN_CREATED'
  | 'API_TOKEN_REVOKED'
  | 'DEPARTMENT_RENAMED'
  | 'LOCATION_RENAMED'
  | 'PEOPLE_IMPORTED'
  | 'PERSON_CHANGED'
  | 'PERSON_CREATED'
  | 'PERSON_INVITED'
  | 'ROLE_GRANTED'
  | 'ROLE_REVOKED'
  | 'SETTINGS_CHANGED';

/** Who did what to whom: for the AUDITOR, in the words of domain.md "who, when, what kind; never content". */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly database: Database,
    private readonly entries: AuditRepository,
  ) {}

  /**
   * Adds entries in the caller's transaction: what is not recorded does not happen. app.recorded_actions says which role each
   * action takes.
   *
   * @throws NOT_PERMITTED where the viewer has lost the role in the meantime
   * @param subject what it was done to (`Person 0193…`), or a list for one entry each; ids and names of roles and
   * settings, never words that somebody wrote
   */
  async record(
    em: EntityManager,
    ctx: ViewerContext,
    action: AuditAction,
    subject: string | readonly string[],
  ): Promise<void> {
    const subjects = typeof subject === 'string' ? [subject] : subject;
    await this.entries.add(em, ctx.viewer, action, subjects);
  }

  /** The viewer's organization's, newest first. @throws NOT_PERMITTED for anybody but an AUDITOR */
  page(ctx: ViewerContext, page: PageArguments): Promise<Page<AuditEntryRow>> {
    if (!ctx.viewer.roles.includes('AUDITOR')) throw notPermitted('The audit trail is for the role AUDITOR.');
    return this.database.read(ctx, (em) => this.entries.findPage(em, ctx.viewer.organizationId, page));
  }
}
