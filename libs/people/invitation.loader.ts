import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader, type Loader, type Operation } from '#graphql';
import type { InvitationRow } from './invitation.entity.js';
import { InvitationRepository } from './invitation.repository.js';

/** Invitations, once an operation. */
@Injectable()
export class InvitationLoader {
  /** By id; null for what the viewer may not see. */
  readonly byId: (op: Operation) => Loader<string, InvitationRow>;

  constructor(database: Database, invitations: InvitationRepository) {
    this.byId = operationLoader<string, InvitationRow>((viewer, ids) =>
      database.read(viewer, async (em) => {
        const found = await invitations.findByIds(em, ids);
        return new Map(found.map((row) => [row.id, row]));
      }),
    );
  }
}
