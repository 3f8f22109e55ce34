import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, isRefusedByPolicy, type PersonContext } from '#db';
import { PersonalGoalShareService } from '#goals';
import { assertNoFaults, conflict, notFound, notPermitted, type InputFault } from '#graphql';
import { MandateRepository } from '../mandates/mandate.repository.js';
import { TextVersionRepository } from '../notes/text-version.repository.js';
import { OneToOneRepository } from '../pairs/one-to-one.repository.js';
import type { ActionItemRow } from '../promises/action-item.entity.js';
import { ActionItemRepository } from '../promises/action-item.repository.js';
import type { HandoverRow } from './handover.entity.js';
import type { CompleteHandoverInput } from './handover.inputs.js';
import { HandoverRepository } from './handover.repository.js';

/** Changes of manager (docs/domain.md, Change of manager). Nothing moves by itself. */
@Injectable()
export class HandoverService {
  constructor(
    private readonly database: Database,
    private readonly handovers: HandoverRepository,
    private readonly shares: PersonalGoalShareService,
    private readonly mandates: MandateRepository,
    private readonly items: ActionItemRepository,
    private readonly versions: TextVersionRepository,
    private readonly oneToOnes: OneToOneRepository,
  ) {}

  list(ctx: PersonContext): Promise<HandoverRow[]> {
    return this.database.read(ctx, (em) => this.handovers.findAll(em));
  }

  /**
   * Shares goals with the new manager, and offers mandates and promises to them, once.
   *
   * @throws NOT_FOUND; NOT_PERMITTED for the new manager; BAD_USER_INPUT; CONFLICT where it is completed, or the new manager is another
   */
  complete(ctx: PersonContext, input: CompleteHandoverInput): Promise<HandoverRow> {
    const { personId, organizationId } = ctx.viewer;
    return this.database.write(ctx, async (em) => {
      const handover = await this.handovers.findById(em, input.id);
      if (!handover) throw notFound();
      if (handover.personId !== personId) {
        throw notPermitted('Only the person whose manager changed can complete a handover.');
      }
      if (handover.completedAt !== null) throw conflict('This handover is already completed.');
      const { id, fromId, toId, openedOn } = handover;
      if (toId === null)
        throw conflict('There is no new manager yet. Complete the handover when there is one.');
      if (toId !== input.toId) throw changedManager();
      await this.assertValid(em, handover, toId, input);
      const values = { id, organizationId, personId, fromId, toId, openedOn };
      const isFirst = await this.handovers.insert(em, values).catch((error: unknown) => {
        throw isRefusedByPolicy(error) ? changedManager() : error;
      });
      if (!isFirst) throw conflict('This handover is already completed.');
      await this.shares.shareAll(
        em,
        ctx,
        (input.shares ?? []).map((share) => ({ ...share, personId: toId })),
        'input.shares',
      );
      const promises = (input.promises ?? []).map(({ text, dueOn = null }) => ({ text, day: dueOn }));
      const found = await this.mandates.findByIds(em, input.mandateIds ?? []);
      const mandates = found.map(({ text, lastDay }) => ({ text, day: lastDay }));
      const of = { organizationId, handoverId: id };
      await this.handovers.insertOffers(em, [
        ...promises.map((offer, position) => ({ ...of, kind: 'PROMISE' as const, position, ...offer })),
        ...mandates.map((offer, position) => ({ ...of, kind: 'MANDATE' as const, position, ...offer })),
      ]);
      return this.read(em, id);
    });
  }

  /**
   * Makes an offered promise the viewer's own: a new action item in their one-to-one with the person. An offered due date that has passed
   * meanwhile is left out.
   *
   * @throws NOT_FOUND; NOT_PERMITTED for the person who offers it; CONFLICT where it was adopted, or the two have no open one-to-one
   */
  adopt(ctx: PersonContext, offerId: string): Promise<ActionItemRow> {
    const { personId: ownerId, organizationId } = ctx.viewer;
    return this.database.write(ctx, async (em) => {
      const seen = await this.handovers.findOffer(em, offerId);
      const handover =
        seen?.kind === 'PROMISE' ? await this.handovers.findById(em, seen.handoverId) : undefined;
      if (!handover) throw notFound();
      if (handover.personId === ownerId)
        throw notPermitted('Only the new manager can adopt an offered promise.');
      const oneToOne = await this.oneToOnes.lockByPeople(em, ownerId, handover.personId);
      if (oneToOne?.state !== 'OPEN') throw conflict('Start a one-to-one with this person first.');
      const offer = await this.handovers.lockOffer(em, offerId);
      if (!offer) throw notFound();
      if (offer.actionItemId !== null) throw conflict('This promise is already adopted.');
      const isOver = offer.day !== null && (await this.items.isOver(em, offer.day, ownerId));
      const item = await this.items.insert(em, {
        organizationId,
        oneToOneId: oneToOne.id,
        madeInId: null,
        ownerId,
        createdById: ownerId,
        text: offer.text,
        dueOn: isOver ? null : offer.day,
      });
      await this.versions.record(em, 'actionItem', { ...item, authorId: ownerId });
      await this.handovers.takeUp(em, offer.id, { actionItemId: item.id });
      return item;
    });
  }

  private async assertValid(
    em: EntityManager,
    { mandateIds }: HandoverRow,
    toId: string,
    input: CompleteHandoverInput,
  ): Promise<void> {
    const faults: InputFault[] = [];
    const goals = new Set<string>();
    for (const [index, { goalId }] of (input.shares ?? []).entries()) {
      const path = `input.shares.${String(index)}.goalId`;
      if (goals.has(goalId)) faults.push({ path, message: 'is listed twice.', code: 'NOT_ALLOWED' });
      goals.add(goalId);
    }
    for (const [index, id] of (input.mandateIds ?? []).entries()) {
      const path = `input.mandateIds.${String(index)}`;
      if (!mandateIds.includes(id)) {
        faults.push({
          path,
          message: 'must be one of the former mandates of this handover.',
          code: 'NOT_FOUND',
        });
      }
    }
    const days = (input.promises ?? []).map(({ dueOn }) => dueOn ?? null);
    const over = await this.items.findOver(em, days, toId);
    for (const [index, day] of days.entries()) {
      if (day === null || !over.has(day)) continue;
      const path = `input.promises.${String(index)}.dueOn`;
      faults.push({ path, message: 'must not be in the past.', code: 'OUT_OF_RANGE' });
    }
    assertNoFaults(faults);
  }

  private async read(em: EntityManager, id: string): Promise<HandoverRow> {
    const handover = await this.handovers.findById(em, id);
    if (!handover) throw notFound();
    return handover;
  }
}

function changedManager(): Error {
  return conflict('Your manager is somebody else by now. Read the handover again.');
}
