import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, isForeignKeyViolation, RaisedCode, raisedCode, type PersonContext } from '#db';
import {
  assertNoFaults,
  badInput,
  conflict,
  notFound,
  notPermitted,
  type DeleteInput,
  type DeletePayload,
  type Page,
  type PersonRequest,
} from '#graphql';
import { ProcedureAreaRepository } from '../areas/procedure-area.repository.js';
import { BarrierAnswerRepository } from './barrier-answer.repository.js';
import type { BarrierRow } from './barrier.entity.js';
import type {
  AnswerBarrierInput,
  AssignBarrierInput,
  BarriersArgs,
  RaiseBarrierInput,
  RaiseNamelessBarrierInput,
} from './barrier.inputs.js';
import { BarrierLoader } from './barrier.loader.js';
import type { BarrierPayload, RaiseNamelessBarrierPayload } from './barrier.model.js';
import { BarrierRepository } from './barrier.repository.js';
import { answerFaults } from './barrier.rules.js';
import { BarrierSupportRepository } from './barrier-support.repository.js';

const NO_BARRIER = 'No barrier with this ID exists in your organization.';

/** Barriers are raised by anybody, supported by anybody, and answered by the people who answer for their procedure area. */
@Injectable()
export class BarrierService {
  constructor(
    private readonly database: Database,
    private readonly barriers: BarrierRepository,
    private readonly answers: BarrierAnswerRepository,
    private readonly support: BarrierSupportRepository,
    private readonly areas: ProcedureAreaRepository,
    private readonly loader: BarrierLoader,
  ) {}

  page(ctx: PersonContext, args: BarriersArgs): Promise<Page<BarrierRow>> {
    return this.database.read(ctx, (em) => this.barriers.findPage(em, ctx.viewer.organizationId, args, args));
  }

  /** @throws BAD_USER_INPUT for an unknown procedure area */
  async raise(ctx: PersonRequest, input: RaiseBarrierInput): Promise<BarrierPayload> {
    const { organizationId, personId: raisedById } = ctx.viewer;
    const id = await this.database.write(ctx, async (em) => {
      await this.checkArea(em, input.procedureAreaId);
      return this.barriers.insert(em, { ...input, organizationId, raisedById }).catch(orNoSuchArea);
    });
    return this.payload(ctx, id);
  }

  /**
   * Raises a barrier that nothing connects with the viewer: the transaction writes only the words, and there is no ID to return.
   *
   * @throws BAD_USER_INPUT for an unknown procedure area
   */
  async raiseNameless(
    ctx: PersonRequest,
    input: RaiseNamelessBarrierInput,
  ): Promise<RaiseNamelessBarrierPayload> {
    const {
      title,
      hindersCustomers,
      description = null,
      proposedRemedy = null,
      procedureAreaId = null,
    } = input;
    const words = { title, hindersCustomers, description, proposedRemedy, procedureAreaId };
    try {
      const appearsOn = await this.database.write(ctx, (em) => this.barriers.raiseNameless(em, words));
      return { appearsOn };
    } catch (error) {
      if (raisedCode(error) === RaisedCode.NO_SUCH_AREA) throw noSuchArea();
      throw error;
    }
  }

  /**
   * Deletes a barrier that the viewer raised. Below the minimum group its supporters do not prevent that: nobody may learn of them.
   *
   * @throws NOT_FOUND; NOT_PERMITTED for a barrier of others or without a name; CONFLICT for one that was answered, or whose supporters are
   * counted
   */
  async delete(ctx: PersonRequest, { id }: DeleteInput): Promise<DeletePayload> {
    await this.database.write(ctx, async (em) => {
      const barrier = await this.barriers.findById(em, id);
      if (!barrier) throw notFound(NO_BARRIER);
      if (barrier.raisedById !== ctx.viewer.personId) {
        throw notPermitted(
          'Only the person who raised a barrier in their name can delete it. One without a name has no author.',
        );
      }
      if (!(await this.barriers.delete(em, id))) {
        throw conflict('A barrier that was answered, or whose supporters are counted, cannot be deleted.');
      }
    });
    return { deletedId: id };
  }

  /** @throws NOT_PERMITTED without the role; NOT_FOUND; BAD_USER_INPUT for an unknown area; CONFLICT for an answered barrier */
  async assign(ctx: PersonRequest, { id, procedureAreaId }: AssignBarrierInput): Promise<BarrierPayload> {
    if (!ctx.viewer.roles.includes('ORGANIZATION_ADMIN')) {
      throw notPermitted('Only ORGANIZATION_ADMIN can assign barriers to procedure areas.');
    }
    await this.database.write(ctx, async (em) => {
      if (!(await this.barriers.findById(em, id))) throw notFound(NO_BARRIER);
      await this.checkArea(em, procedureAreaId);
      const unanswered = await this.barriers.lock(em, id);
      if (!unanswered) throw conflict('Only a barrier that is OPEN or INVESTIGATING can be assigned.');
      if (unanswered.procedureAreaId === procedureAreaId) return;
      await this.barriers.assign(em, id, procedureAreaId).catch(orNoSuchArea);
    });
    return this.payload(ctx, id);
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for people who do not answer for the area; BAD_USER_INPUT */
  async answer(ctx: PersonRequest, { id, ...input }: AnswerBarrierInput): Promise<BarrierPayload> {
    const { organizationId, personId: byId } = ctx.viewer;
    await this.database.write(ctx, async (em) => {
      const barrier = await this.barriers.findById(em, id);
      if (!barrier) throw notFound(NO_BARRIER);
      if (!barrier.viewerCanAnswer) {
        throw notPermitted('Only the answerer of its procedure area and their deputy can answer a barrier.');
      }
      assertNoFaults(answerFaults({ id, ...input }, await this.barriers.findToday(em, organizationId)));
      await this.answers.insert(em, { ...input, organizationId, barrierId: id, byId }).catch(orNoBarrier);
    });
    return this.payload(ctx, id);
  }

  /** Does nothing where the viewer supports it already. @throws NOT_FOUND; NOT_PERMITTED for a barrier that the viewer raised */
  async addSupport(ctx: PersonRequest, id: string): Promise<BarrierPayload> {
    await this.database.write(ctx, async (em) => {
      const barrier = await this.barriers.findById(em, id);
      if (!barrier) throw notFound(NO_BARRIER);
      if (barrier.raisedById === ctx.viewer.personId) {
        throw notPermitted('You raised this barrier. Others can support it.');
      }
      await this.support.add(em, id, ctx.viewer).catch(orNoBarrier);
    });
    return this.payload(ctx, id);
  }

  /** Does nothing where the viewer does not support it. @throws NOT_FOUND */
  async removeSupport(ctx: PersonRequest, id: string): Promise<BarrierPayload> {
    await this.database.write(ctx, async (em) => {
      if (!(await this.barriers.findById(em, id))) throw notFound(NO_BARRIER);
      await this.support.remove(em, id, ctx.viewer.personId);
    });
    return this.payload(ctx, id);
  }

  private async checkArea(em: EntityManager, id: string | null | undefined): Promise<void> {
    if (id == null) return;
    const [area] = await this.areas.findByIds(em, [id]);
    if (!area) throw noSuchArea();
  }

  private async payload(ctx: PersonRequest, id: string): Promise<BarrierPayload> {
    const barrier = await this.loader.byId(ctx).load(id);
    if (!barrier) throw notFound(NO_BARRIER);
    return { barrier };
  }
}

function noSuchArea(): Error {
  return badInput(
    'input.procedureAreaId',
    'is not the ID of a procedure area of your organization.',
    'NOT_FOUND',
  );
}

/** What was deleted meanwhile counts as missing. */
function orNoSuchArea(error: unknown): never {
  throw isForeignKeyViolation(error) ? noSuchArea() : error;
}

function orNoBarrier(error: unknown): never {
  throw isForeignKeyViolation(error) ? notFound(NO_BARRIER) : error;
}
