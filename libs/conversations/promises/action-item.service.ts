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
import { WriteTargets } from '../agenda/write-target.js';
import type { ActionItemRow } from './action-item.entity.js';
import type {
  AddActionItemInput,
  CloseActionItemInput,
  UpdateActionItemInput,
} from './action-item.inputs.js';
import type { ActionItemPayload } from './action-item.model.js';
import { ActionItemRepository } from './action-item.repository.js';

/** Action items (docs/domain.md, ActionItem). Triggers of action_item derive whether one is late and count renegotiations. */
@Injectable()
export class ActionItemService {
  constructor(
    private readonly database: Database,
    private readonly items: ActionItemRepository,
    private readonly versions: TextVersionRepository,
    private readonly targets: WriteTargets,
  ) {}

  /** The viewer's open action items in all one-to-ones, by due date. */
  openPage(ctx: PersonContext, page: PageArguments): Promise<Page<ActionItemRow>> {
    return this.database.read(ctx, (em) => this.items.findOpenPage(em, ctx.viewer.personId, page));
  }

  /** @throws BAD_USER_INPUT, NOT_FOUND; CONFLICT where the one-to-one is not open */
  add(ctx: PersonContext, input: AddActionItemInput): Promise<ActionItemRow> {
    return this.database.write(ctx, async (em) => {
      const { oneToOne, conversation } = await this.targets.lock(em, input.target);
      const { ownerId } = input;
      if (ownerId !== oneToOne.firstId && ownerId !== oneToOne.secondId) {
        throw badInput('input.ownerId', 'must be a participant of the one-to-one.');
      }
      await this.assertAhead(em, input.dueOn ?? null, ownerId);
      const item = await this.items.insert(em, {
        organizationId: oneToOne.organizationId,
        oneToOneId: oneToOne.id,
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
   * An edit that asks for what is stored changes nothing.
   *
   * @returns EditConflict where `version` is outdated
   * @throws NOT_FOUND; NOT_PERMITTED for the due date of the other's item; BAD_USER_INPUT; CONFLICT where it is closed, its due
   * date has passed, or the one-to-one is not open
   */
  update(ctx: PersonContext, input: UpdateActionItemInput): Promise<ActionItemPayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      const item = await this.lock(em, input.id);
      const comparison = compareEdit(item, input.version, { text: input.text, dueOn: input.dueOn });
      if (comparison === 'OUTDATED') return { __typename: 'EditConflict', current: item };
      if (comparison === 'UNCHANGED') return { __typename: 'ActionItemPayload', actionItem: item };
      if (item.state !== 'OPEN') throw conflict('This action item is closed and cannot be changed.');
      const { text = item.text, dueOn = item.dueOn } = input;
      const moved = dueOn !== item.dueOn;
      if (moved && item.ownerId !== ctx.viewer.personId) {
        throw notPermitted('Only the owner of an action item can change its due date.');
      }
      if (moved) await this.assertMovable(em, item, dueOn);
      const actionItem = await this.items.update(em, item, { text, dueOn });
      if (text !== item.text) await this.record(em, ctx, actionItem);
      return { __typename: 'ActionItemPayload', actionItem };
    });
  }

  /** Also in an ended one-to-one. @throws NOT_FOUND, NOT_PERMITTED; CONFLICT where it is closed */
  close(ctx: PersonContext, { id, state }: CloseActionItemInput): Promise<ActionItemRow> {
    return this.database.write(ctx, async (em) => {
      const item = await this.lockOwn(em, ctx, id, 'close');
      if (item.state !== 'OPEN') throw conflict('This action item is already closed.');
      return this.items.update(em, item, { state });
    });
  }

  /** Within 10 minutes of closing, also in an ended one-to-one. @throws NOT_FOUND, NOT_PERMITTED; CONFLICT afterwards, or where it is open */
  reopen(ctx: PersonContext, id: string): Promise<ActionItemRow> {
    return this.database.write(ctx, async (em) => {
      const item = await this.lockOwn(em, ctx, id, 'reopen');
      if (item.state === 'OPEN') throw conflict('This action item is open.');
      const reopened = await this.items.reopen(em, id);
      if (!reopened) {
        throw conflict('This action item was closed more than 10 minutes ago and can no longer be reopened.');
      }
      return reopened;
    });
  }

  /** @throws NOT_FOUND, NOT_PERMITTED for an item that the other wrote; CONFLICT after 10 minutes */
  async delete(ctx: PersonContext, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      if (await this.items.delete(em, id)) return;
      const item = await this.items.findById(em, id);
      if (!item) throw notFound();
      if (item.createdById !== ctx.viewer.personId) {
        throw notPermitted('Only the author of an action item can delete it.');
      }
      throw conflict('This action item was written more than 10 minutes ago: close it instead.');
    });
  }

  /** Locks an item in an open one-to-one. */
  private async lock(em: EntityManager, id: string): Promise<ActionItemRow> {
    const seen = await this.items.findById(em, id);
    if (!seen) throw notFound();
    await this.targets.lockOneToOne(em, seen.oneToOneId);
    const item = await this.items.lock(em, id);
    if (!item) throw notFound();
    return item;
  }

  private async lockOwn(
    em: EntityManager,
    ctx: PersonContext,
    id: string,
    action: 'close' | 'reopen',
  ): Promise<ActionItemRow> {
    const item = await this.items.lock(em, id);
    if (!item) throw notFound();
    if (item.ownerId !== ctx.viewer.personId) {
      throw notPermitted(`Only the owner of an action item can ${action} it.`);
    }
    return item;
  }

  private async assertMovable(em: EntityManager, item: ActionItemRow, dueOn: string | null): Promise<void> {
    if (item.standing === 'LATE') {
      throw conflict(
        `This action item was due on ${String(item.dueOn)}. A due date that has passed cannot be changed.`,
      );
    }
    await this.assertAhead(em, dueOn, item.ownerId);
  }

  private async assertAhead(em: EntityManager, dueOn: string | null, ownerId: string): Promise<void> {
    if (dueOn !== null && (await this.items.isOver(em, dueOn, ownerId))) {
      throw badInput('input.dueOn', 'must not be in the past.', 'OUT_OF_RANGE');
    }
  }

  private record(em: EntityManager, ctx: PersonContext, item: ActionItemRow): Promise<void> {
    return this.versions.record(em, 'actionItem', { ...item, authorId: ctx.viewer.personId });
  }
}
