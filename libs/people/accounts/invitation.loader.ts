import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader, type Loader, type RequestContext } from '#graphql';
import type { InvitationRow } from './invitation.entity.js';
import { InvitationRepository } from './invitation.repository.js';

@Injectable()
export class InvitationLoader {
  /** By ID; null for what the viewer may not see. */
  readonly byId: (ctx: RequestContext) => Loader<string, InvitationRow>;

  constructor(database: Database, invitations: InvitationRepository) {
    this.byId = createLoader<string, InvitationRow>((ctx, ids) =>
      database.read(ctx, async (em) => {
        const found = await invitations.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
  }
}
