import { Injectable } from '@nestjs/common';
import { Throttle } from '#auth';
import { Database, type PersonContext } from '#db';
import { conflict } from '#graphql';
import type { ErasureRow } from './erasure.entity.js';
import { ErasureRepository } from './erasure.repository.js';
import { previewInWords } from './preview.js';

/** Each sends a mail. */
const REQUESTS_A_DAY = 5;

/** Erasure of what a person wrote, on their request (docs/domain.md, Erasure). */
@Injectable()
export class ErasureService {
  constructor(
    private readonly database: Database,
    private readonly erasures: ErasureRepository,
    private readonly throttle: Throttle,
  ) {}

  pending(ctx: PersonContext): Promise<ErasureRow | null> {
    const { personId } = ctx.viewer;
    return this.database.read(ctx, async (em) => (await this.erasures.findPending(em, personId)) ?? null);
  }

  async preview(ctx: PersonContext): Promise<string[]> {
    const counts = await this.database.read(ctx, (em) => this.erasures.countContent(em));
    return previewInWords(counts, ctx.viewer.employed);
  }

  /** Requests an erasure, unless one is pending. @throws RATE_LIMITED */
  request(ctx: PersonContext): Promise<{ readonly erasure: ErasureRow }> {
    const { personId, organizationId } = ctx.viewer;
    return this.database.write(ctx, async (em) => {
      const pending = await this.erasures.findPending(em, personId);
      if (pending) return { erasure: pending };
      await this.throttle.daily(em, 'erasure', [''], REQUESTS_A_DAY);
      const erasure =
        (await this.erasures.insert(em, { personId, organizationId })) ??
        (await this.erasures.findPending(em, personId));
      if (!erasure) throw conflict('An earlier request is being carried out.');
      return { erasure };
    });
  }

  /** Takes a pending request back. Without one, nothing changes. */
  cancel(ctx: PersonContext): Promise<{ readonly erasure: null }> {
    return this.database.write(ctx, async (em) => {
      await this.erasures.delete(em, ctx.viewer.personId);
      return { erasure: null };
    });
  }
}
