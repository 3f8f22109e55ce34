import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, compareEdit, conflict, notFound, notPermitted, type EditConflict } from '#graphql';
import { HandoverRepository } from '../handover/handover.repository.js';
import { WriteTargets } from '../agenda/write-target.js';
import { ActionItemRepository } from '../promises/action-item.repository.js';
import type { MandateRow, OwnMandateRow } from './mandate.entity.js';
import type { GrantMandateInput, PublishMandateInput, UpdateMandateInput } from './mandate.inputs.js';
import type { MandatePayload } from './mandate.model.js';
import { MandateRepository } from './mandate.repository.js';

/** Mandates (docs/domain.md, Mandate). Policies decide whether one has ended and who sees it. */
@Injectable()
export class MandateService {
  constructor(
    private readonly database: Database,
    private readonly mandates: MandateRepository,
    private readonly items: ActionItemRepository,
    private readonly targets: WriteTargets,
    private readonly handovers: HandoverRepository,
  ) {}

  /** @throws NOT_FOUND; CONFLICT where the one-to-one is not open; NOT_PERMITTED where the person does not report to the viewer; BAD_USER_INPUT */
  grant(ctx: PersonContext, input: GrantMandateInput): Promise<MandateRow> {
    return this.database.write(ctx, async (em) => {
      const oneToOne = await this.targets.lockOneToOne(em, input.oneToOneId);
      const { personId: grantedById } = ctx.viewer;
      const toId = oneToOne.firstId === grantedById ? oneToOne.secondId : oneToOne.firstId;
      const lineId = await this.mandates.findLineOfReport(em, toId);
      if (lineId === null) {
        throw notPermitted('Only a manager of a person can grant them a mandate.');
      }
      const lastDay = input.lastDay ?? null;
      await this.assertAhead(em, lastDay, toId);
      const id = await this.mandates.insert(em, {
        organizationId: oneToOne.organizationId,
        grantedById,
        toId,
        lineId,
        text: input.text,
        lastDay,
      });
      if (input.offeredMandateId != null) await this.answerOffer(em, input.offeredMandateId, toId, id);
      return this.read(em, id);
    });
  }

  /**
   * An edit that asks for what is stored changes nothing. Any other takes a publication back, because both agreed to the text as it was.
   *
   * @returns EditConflict where `version` is outdated
   * @throws NOT_FOUND; NOT_PERMITTED for everybody but the manager; BAD_USER_INPUT; CONFLICT where it has ended
   */
  update(ctx: PersonContext, input: UpdateMandateInput): Promise<MandatePayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      const mandate = await this.lockOwn(em, input.id);
      const comparison = compareEdit(mandate, input.version, { text: input.text, lastDay: input.lastDay });
      if (comparison === 'OUTDATED') return { __typename: 'EditConflict', current: mandate };
      if (comparison === 'UNCHANGED') return { __typename: 'MandatePayload', mandate };
      assertHolds(mandate);
      if (mandate.grantedById !== ctx.viewer.personId) {
        throw notPermitted('Only the manager who granted a mandate can change it.');
      }
      const { text = mandate.text, lastDay = mandate.lastDay } = input;
      if (lastDay !== mandate.lastDay) await this.assertAhead(em, lastDay, mandate.toId);
      await this.mandates.update(em, mandate.id, { text, lastDay });
      return { __typename: 'MandatePayload', mandate: await this.read(em, mandate.id) };
    });
  }

  /** Ending an ended mandate again changes nothing. @throws NOT_FOUND; NOT_PERMITTED for everybody but the two people */
  end(ctx: PersonContext, id: string): Promise<MandateRow> {
    return this.database.write(ctx, async (em) => {
      const mandate = await this.lockOwn(em, id);
      if (mandate.endedAt !== null) return mandate;
      await this.mandates.end(em, mandate.id);
      return this.read(em, mandate.id);
    });
  }

  /**
   * The first of the two asks, and the second agrees. Asking again changes nothing.
   *
   * @throws NOT_FOUND; NOT_PERMITTED for everybody but the two people; CONFLICT where it has ended, or has changed since `version`
   */
  publish(ctx: PersonContext, { id, version }: PublishMandateInput): Promise<MandateRow> {
    return this.database.write(ctx, async (em) => {
      const mandate = await this.lockOwn(em, id);
      assertHolds(mandate);
      if (mandate.version !== version) {
        throw conflict('This mandate has changed since you read it. Read it again before publishing it.');
      }
      const askedBy = mandate.publicationAskedById;
      if (mandate.published || askedBy === ctx.viewer.personId) return mandate;
      if (askedBy === null) await this.mandates.askForPublication(em, mandate.id, ctx.viewer.personId);
      else await this.mandates.publish(em, mandate.id);
      return this.read(em, mandate.id);
    });
  }

  /** By either: takes a publication or a request for one back. @throws NOT_FOUND; NOT_PERMITTED for everybody but the two people; CONFLICT where it has ended */
  unpublish(ctx: PersonContext, id: string): Promise<MandateRow> {
    return this.database.write(ctx, async (em) => {
      const mandate = await this.lockOwn(em, id);
      assertHolds(mandate);
      await this.mandates.unpublish(em, mandate.id);
      return this.read(em, mandate.id);
    });
  }

  /** @throws BAD_USER_INPUT for an offer of another person; CONFLICT where it was answered */
  private async answerOffer(
    em: EntityManager,
    offerId: string,
    toId: string,
    mandateId: string,
  ): Promise<void> {
    const offer = await this.handovers.lockOffer(em, offerId);
    const handover =
      offer?.kind === 'MANDATE' ? await this.handovers.findById(em, offer.handoverId) : undefined;
    if (!offer || handover?.personId !== toId) {
      throw badInput(
        'input.offeredMandateId',
        'must be a mandate that this person offered to you.',
        'NOT_FOUND',
      );
    }
    if (offer.mandateId !== null) throw conflict('This mandate is already granted.');
    await this.handovers.takeUp(em, offer.id, { mandateId });
  }

  private async lockOwn(em: EntityManager, id: string): Promise<OwnMandateRow> {
    const mandate = await this.mandates.lockOwn(em, id);
    if (mandate) return mandate;
    throw (await this.mandates.findById(em, id))
      ? notPermitted('Only the two people of a mandate can change it.')
      : notFound();
  }

  /** In the time zone of the person who decides. */
  private async assertAhead(em: EntityManager, lastDay: string | null, toId: string): Promise<void> {
    if (lastDay !== null && (await this.items.isOver(em, lastDay, toId))) {
      throw badInput('input.lastDay', 'must not be in the past.', 'OUT_OF_RANGE');
    }
  }

  private async read(em: EntityManager, id: string): Promise<MandateRow> {
    const mandate = await this.mandates.findById(em, id);
    if (!mandate) throw notFound();
    return mandate;
  }
}

function assertHolds({ endedAt }: MandateRow): void {
  if (endedAt !== null) throw conflict('This mandate has ended and cannot be changed.');
}
