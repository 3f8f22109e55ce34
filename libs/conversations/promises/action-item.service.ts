import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import {
  badInput,
  compareEdit,
  conflict,
  notFound,
  notPermitted,
  type EditConflict,
  type Page,
  type PageArguments,
} from '#graphql';
import { TextVersionRepository } from '../notes/text-version.repository.js';
import { WritingPlaces } from '../agenda/writing-place.js';
import type { ActionItemRow } from './action-item.entity.js';
import type {
  AddActionItemInput,
  CloseActionItemInput,
  UpdateActionItemInput,
} from './action-item.inputs.js';
import type { ActionItemPayload } from './action-item.model.js';
import { ActionItemRepository } from './action-item.repository.js';

/**
 * Promises (domain.md, ActionItem): written by either, closed by their owner; moving the date before it has passed is a
 * renegotiation and no breach, after that it was late for good.
 */
@Injectable()
export class ActionItemService {
  constructor(
    private readonly database: Database,
    private readonly items: ActionItemRepository,
    private readonly versions: TextVersionRepository,
    private readonly places: WritingPlaces,
  ) {}

  /** What the viewer promised and has not closed, what is due first, first. */
  openPage(ctx: PersonContext, page: PageArguments): Promise<Page<ActionItemRow>> {
    return this.database.read(ctx, (em) => this.items.findOpenPage(em, ctx.viewer.personId, page));
  }

  /** @throws BAD_USER_INPUT, NOT_FOUND; CONFLICT where the pair is not open */
  add(ctx: PersonContext, input: AddActionItemInput): Promise<ActionItemRow> {
    return this.database.write(ctx, async (em) => {
      const { pair, conversation } = await this.places.open(em, input);
      const { ownerId } = input;
      if (ownerId !== pair.firstId && ownerId !== pair.secondId) {
        throw badInput('input.ownerId', 'must be one of the two.');
      }
      await this.assertAhead(em, input.dueOn ?? null, ownerId);
      const item = await this.items.insert(em, {
        organizationId: pair.organizationId,
        oneToOneId: pair.id,
        madeInId: conversation?.id ?? null,
        ownerId,
        createdById: ctx.viewer.personId,
        text: input.text,
        dueOn: input.dueOn ?? null,
      });
      await this.record(em, ctx, item);
      return item;
    });
  }

  /**
   * Saving what is there already changes nothing.
   *
   * @returns EditConflict where `version` is not the present one
   * @throws NOT_FOUND; NOT_PERMITTED for the date of the other's promise; BAD_USER_INPUT; CONFLICT where it is closed, its
   * date has passed, or the pair is not open
   */
  update(ctx: PersonContext, input: UpdateActionItemInput): Promise<ActionItemPayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      const item = await this.lock(em, input.id);
      const comparison = compareEdit(item, input.version, {
        text: input.text ?? undefined,
        dueOn: input.dueOn,
      });
      if (comparison === 'OUTDATED') return { __typename: 'EditConflict', current: item };
      if (comparison === 'UNCHANGED') return { __typename: 'ActionItemPayload', actionItem: item };
      assertNotClosed(item);
      const dueOn = input.dueOn === undefined ? item.dueOn : input.dueOn;
      const moved = dueOn !== item.dueOn;
      if (moved && item.ownerId !== ctx.viewer.personId) {
        throw notPermitted('Only whoever promised moves the date.');
      }
      if (moved) await this.assertMovable(em, item, dueOn);
      const text = input.text ?? item.text;
      const actionItem = await this.items.update(em, { id: item.id, text, dueOn });
      if (text !== item.text) await this.record(em, ctx, actionItem);
      return { __typename: 'ActionItemPayload', actionItem };
    });
  }

  /** Also where the pair has ended. @throws NOT_FOUND, NOT_PERMITTED; CONFLICT where it is closed */
  close(ctx: PersonContext, { id, state }: CloseActionItemInput): Promise<ActionItemRow> {
    return this.database.write(ctx, async (em) => {
      const item = await this.items.lock(em, id);
      if (!item) throw notFound();
      if (item.ownerId !== ctx.viewer.personId) throw notPermitted('Only whoever promised closes a promise.');
      assertNotClosed(item);
      return this.items.close(em, id, state);
    });
  }

  /** @throws NOT_FOUND, NOT_PERMITTED for what the other wrote; CONFLICT after ten minutes */
  async remove(ctx: PersonContext, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      if (await this.items.remove(em, id)) return;
      const item = await this.items.findById(em, id);
      if (!item) throw notFound();
      if (item.createdById !== ctx.viewer.personId)
        throw notPermitted('Only whoever wrote a promise down removes it.');
      throw conflict('This promise was written down more than 10 minutes ago: close it instead.');
    });
  }

  /** Its row, as it stays until the transaction ends, in a pair that is open. */
  private async lock(em: EntityManager, id: string): Promise<ActionItemRow> {
    const seen = await this.items.findById(em, id);
    if (!seen) throw notFound();
    await this.places.holdOpen(em, seen.oneToOneId);
    const item = await this.items.lock(em, id);
    if (!item) throw notFound();
    return item;
  }

  private async assertMovable(em: EntityManager, item: ActionItemRow, dueOn: string | null): Promise<void> {
    if (item.isPastDue) {
      throw conflict(`This promise was due on ${String(item.dueOn)}, which has passed: its date stays.`);
    }
    await this.assertAhead(em, dueOn, item.ownerId);
  }

  private async assertAhead(em: EntityManager, dueOn: string | null, ownerId: string): Promise<void> {
    if (dueOn !== null && (await this.items.isOver(em, dueOn, ownerId))) {
      throw badInput('input.dueOn', 'is a day that is over.');
    }
  }

  private record(em: EntityManager, ctx: PersonContext, item: ActionItemRow): Promise<void> {
    return this.versions.record(em, 'actionItem', { ...item, authorId: ctx.viewer.personId });
  }
}

function assertNotClosed({ state }: ActionItemRow): void {
  if (state !== 'OPEN') throw conflict('This promise is closed and stays as it is.');
}
