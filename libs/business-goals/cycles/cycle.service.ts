import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '#db';
import { badInput, notFound, notPermitted, type RequestContext, type PersonRequest } from '#graphql';
import type { PersonViewer } from '#identity';
import type { CreateCycleInput, UpdateCycleInput } from './cycle.inputs.js';
import { CycleLoader } from './cycle.loader.js';
import type { CyclePayload } from './cycle.model.js';
import { CycleRepository } from './cycle.repository.js';

/** ORGANIZATION_ADMIN manages cycles. */
@Injectable()
export class CycleService {
  constructor(
    private readonly database: Database,
    private readonly cycles: CycleRepository,
    private readonly loader: CycleLoader,
  ) {}

  /** @throws NOT_PERMITTED without the role; BAD_USER_INPUT for a name that is taken or an end before the start */
  async create(ctx: PersonRequest, input: CreateCycleInput): Promise<CyclePayload> {
    assertOrganizationAdmin(ctx.viewer);
    assertDays(input);
    const { organizationId } = ctx.viewer;
    const id = await this.writeName(() =>
      this.database.write(ctx, (em) => this.cycles.insert(em, { ...input, organizationId })),
    );
    return this.payload(ctx, id);
  }

  /** @throws as `create` does; NOT_FOUND */
  async update(ctx: PersonRequest, { id, ...changes }: UpdateCycleInput): Promise<CyclePayload> {
    assertOrganizationAdmin(ctx.viewer);
    await this.writeName(() =>
      this.database.write(ctx, async (em) => {
        const stored = await this.cycles.lock(em, id);
        if (!stored) throw notFound('No cycle with this ID exists in your organization.');
        const { startsOn = stored.startsOn, endsOn = stored.endsOn, name = stored.name } = changes;
        assertDays({ startsOn, endsOn });
        await this.cycles.update(em, id, { ...changes, name });
      }),
    );
    return this.payload(ctx, id);
  }

  private async writeName<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (isUniqueViolation(error)) {
        throw badInput('input.name', 'is already used by another cycle: choose a different one.', 'TAKEN');
      }
      throw error;
    }
  }

  private async payload(ctx: RequestContext, id: string): Promise<CyclePayload> {
    const cycle = await this.loader.byId(ctx).load(id);
    if (!cycle) throw notFound();
    return { cycle };
  }
}

function assertOrganizationAdmin({ roles }: PersonViewer): void {
  if (!roles.includes('ORGANIZATION_ADMIN')) {
    throw notPermitted('Only ORGANIZATION_ADMIN can create and change cycles.');
  }
}

function assertDays({ startsOn, endsOn }: { readonly startsOn: string; readonly endsOn: string }): void {
  // Days of this form sort as text.
  if (endsOn < startsOn) throw badInput('input.endsOn', 'must not be before the first day.', 'OUT_OF_RANGE');
}
