import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { Page, type RequestContext, type PageArguments } from '#graphql';
import type { AccessLogEntry } from './access-log.model.js';
import { AccessLogRepository } from './access-log.repository.js';

/** The access log as its two sides read it. */
@Injectable()
export class AccessLogLoader {
  constructor(
    private readonly database: Database,
    private readonly accesses: AccessLogRepository,
  ) {}

  /** Who was shown goals of the viewer. */
  async ofOwner(ctx: RequestContext, page: PageArguments): Promise<Page<AccessLogEntry>> {
    const personId = ctx.viewer?.personId;
    if (typeof personId !== 'string') return Page.empty();
    return this.database.read(ctx, (em) => this.accesses.findPageOfOwner(em, personId, page));
  }

  /** Which goals of others the viewer was shown. */
  async ofReader(ctx: RequestContext, page: PageArguments): Promise<Page<AccessLogEntry>> {
    const personId = ctx.viewer?.personId;
    if (typeof personId !== 'string') return Page.empty();
    return this.database.read(ctx, (em) => this.accesses.findPageOfReader(em, personId, page));
  }
}
