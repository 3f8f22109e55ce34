import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createPageLoader, Page, type RequestContext, type PageArguments } from '#graphql';
import type { AccessLogEntry } from './access-log.model.js';
import { AccessLogRepository } from './access-log.repository.js';

@Injectable()
export class AccessLogLoader {
  constructor(
    private readonly database: Database,
    private readonly accesses: AccessLogRepository,
  ) {}

  /** Reads of one goal by others, by goal; empty for a goal that is not the viewer's. */
  readonly ofGoal = createPageLoader<AccessLogEntry>((ctx, goalIds, page) =>
    this.database.read(ctx, (em) =>
      this.accesses.findPagesByGoals(em, ctx.viewer?.personId ?? null, goalIds, page),
    ),
  );

  /** Reads of the viewer's goals by others. */
  async ofOwner(ctx: RequestContext, page: PageArguments): Promise<Page<AccessLogEntry>> {
    const personId = ctx.viewer?.personId;
    if (typeof personId !== 'string') return Page.empty();
    return this.database.read(ctx, (em) => this.accesses.findPageOfOwner(em, personId, page));
  }

  /** The viewer's reads of goals of others. */
  async ofReader(ctx: RequestContext, page: PageArguments): Promise<Page<AccessLogEntry>> {
    const personId = ctx.viewer?.personId;
    if (typeof personId !== 'string') return Page.empty();
    return this.database.read(ctx, (em) => this.accesses.findPageOfReader(em, personId, page));
  }
}
