import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '#db';
import { badInput, notFound, notPermitted, type RequestContext, type PersonRequest } from '#graphql';
import type { PersonViewer } from '#identity';
import type { CreateCycleInput, UpdateCycleInput } from './cycle.inputs.js';
import { CycleLoader } from './cycle.loader.js';
import type { CyclePayload } from './cycle.model.js';
import { CycleRepository } from './cycle.repository.js';

/** Cycles are kept by ORGANIZATION_ADMIN. */
@Injectable()
export class CycleService {
  constructor(
    private readonly database: Database,
    private readonly cycles: CycleRepository,
    private readonly loader: CycleLoader,
  ) {}

  /** @throws NOT_PERMITTED without the role; BAD_USER_INPUT for a name that is taken or an end before the start */
  async create(ctx: PersonRequest, input: CreateCycleInput): Promise<CyclePayload> {
    assertKeeper(ctx.viewer);
    assertDays(input);
    const { organizationId } = ctx.viewer;
    const { name, startsOn, endsOn } = input;
    const id = await this.named(() =>
      this.database.write(ctx, (em) => this.cycles.insert(em, { organizationId, name, startsOn, endsOn })),
    );
    return this.payload(ctx, id);
  }

  /** @throws as `create` does; NOT_FOUND */
  async update(ctx: PersonRequest, input: UpdateCycleInput): Promise<CyclePayload> {
    assertKeeper(ctx.viewer);
    await this.named(() =>
      this.database.write(ctx, async (em) => {
        const present = await this.cycles.lock(em, input.id);
        if (!present) throw notFound();
        const changed = {
          ...present,
          name: input.name ?? present.name,
          startsOn: input.startsOn ?? present.startsOn,
          endsOn: input.endsOn ?? present.endsOn,
        };
        assertDays(changed);
        await this.cycles.update(em, changed);
      }),
    );
    return this.payload(ctx, input.id);
  }

  private async named<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (isUniqueViolation(error)) throw badInput('input.name', 'is the name of another cycle.');
      throw error;
    }
  }

  private async payload(ctx: RequestContext, id: string): Promise<CyclePayload> {
    const cycle = await this.loader.byId(ctx).load(id);
    if (!cycle) throw notFound();
    return { cycle };
  }
}

function assertKeeper({ roles }: PersonViewer): void {
  if (!roles.includes('ORGANIZATION_ADMIN')) throw notPermitted('Cycles are kept by ORGANIZATION_ADMIN.');
}

function assertDays({ startsOn, endsOn }: { readonly startsOn: string; readonly endsOn: string }): void {
  // Days of this form sort as text.
  if (endsOn < startsOn) throw badInput('input.endsOn', 'must not be before startsOn.');
}
