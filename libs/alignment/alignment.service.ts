import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  Database,
  isForeignKeyViolation,
  isRefusedByPolicy,
  type PersonContext,
  RaisedCode,
  raisedCode,
} from '#db';
import {
  badInput,
  conflict,
  notFound,
  notPermitted,
  type DeleteInput,
  type DeletePayload,
  type RequestContext,
  type PersonRequest,
} from '#graphql';
import type { AlignmentRow } from './alignment.entity.js';
import type {
  AnswerAlignmentInput,
  PlaceBusinessGoalInput,
  UpdateAlignmentInput,
} from './alignment.inputs.js';
import { AlignmentLoader } from './alignment.loader.js';
import type { AlignmentPayload, AlreadyPlaced } from './alignment.model.js';
import { AlignmentRepository, type AlignmentContext } from './alignment.repository.js';

/** The outcome of placing: the alignment, and whether it existed before. */
interface Placed {
  readonly __typename: 'AlignmentPayload' | 'AlreadyPlaced';
  readonly id: string;
}

/** Business goals become part of personal goals by their owner's decision only (docs/domain.md, "Alignment"). */
@Injectable()
export class AlignmentService {
  constructor(
    private readonly database: Database,
    private readonly alignments: AlignmentRepository,
    private readonly loader: AlignmentLoader,
  ) {}

  /**
   * Places a business goal in a personal goal of the viewer; proposes it for another person's goal.
   *
   * @throws NOT_FOUND unless the viewer can see both goals; for a proposal NOT_PERMITTED where the owner takes none, and CONFLICT
   * for a draft that the owner cannot see, or where the viewer's last proposal has not lapsed, whatever its answer
   */
  async place(ctx: PersonRequest, input: PlaceBusinessGoalInput): Promise<AlignmentPayload | AlreadyPlaced> {
    const placed = await this.database
      .write(ctx, (em) => this.write(em, ctx, input))
      .catch(async (error: unknown) => {
        // One of the goals was deleted, or is no longer visible, since it was read.
        if (isForeignKeyViolation(error) || isRefusedByPolicy(error)) throw changedMeanwhile();
        if (raisedCode(error) !== RaisedCode.ALREADY_PLACED) throw error;
        // The owner placed the pair since it was read.
        const id = await this.database.read(ctx, (em) => this.findPlaced(em, input));
        if (id === undefined) throw changedMeanwhile();
        return { __typename: 'AlreadyPlaced' as const, id };
      });
    const alignment = await this.load(ctx, placed.id);
    return { __typename: placed.__typename, alignment };
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for anybody but the owner; CONFLICT where it is placed, or the business goal is no longer visible */
  async answer(ctx: PersonRequest, { id, answer, how }: AnswerAlignmentInput): Promise<AlignmentPayload> {
    if (answer === 'DECLINE' && how) throw badInput('input.how', 'can be given only when accepting.');
    await this.database.write(ctx, async (em) => {
      const { personalGoalId } = await this.findOwn(em, id);
      await this.alignments.lockPersonalGoal(em, personalGoalId);
      // Read again: it may have changed while this transaction waited for the lock.
      const { isPlaced, isBusinessGoalVisible } = await this.findOwn(em, id);
      if (isPlaced) throw conflict('This business goal is already placed.');
      if (answer === 'DECLINE') {
        const { organizationId, personId: ownerId } = ctx.viewer;
        await this.alignments.decline(em, { id, organizationId, ownerId });
        return;
      }
      if (!isBusinessGoalVisible) {
        throw conflict(
          'This business goal is a draft that you can no longer see. Wait until it is published.',
        );
      }
      if ((await this.alignments.accept(em, id, how)) === 0) throw notFound();
    });
    return { alignment: await this.load(ctx, id) };
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for anybody but the owner; CONFLICT for a proposal, which keeps its proposer's text */
  async update(ctx: PersonRequest, { id, how }: UpdateAlignmentInput): Promise<AlignmentPayload> {
    await this.database.write(ctx, async (em) => {
      const { isPlaced } = await this.findOwn(em, id);
      if (!isPlaced)
        throw conflict('The text of a proposal cannot be changed. Accept the proposal with your own text.');
      if (how !== undefined) await this.alignments.setHow(em, id, how);
    });
    return { alignment: await this.load(ctx, id) };
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for anybody but the owner; CONFLICT for a proposal, which is answered instead */
  async delete(ctx: PersonContext, { id }: DeleteInput): Promise<DeletePayload> {
    await this.database.write(ctx, async (em) => {
      if ((await this.alignments.delete(em, id)) > 0) return;
      await this.findOwn(em, id);
      throw conflict('A proposal cannot be deleted. Accept or decline it.');
    });
    return { deletedId: id };
  }

  private async write(em: EntityManager, ctx: PersonContext, input: PlaceBusinessGoalInput): Promise<Placed> {
    const pair = await this.alignments.findPair(em, input.personalGoalId, input.businessGoalId);
    if (!pair) throw notFound();
    const { organizationId, personId: proposedById } = ctx.viewer;
    const values = { ...input, organizationId, ownerId: pair.ownerId, proposedById };
    if (pair.isOwn) {
      const id = await this.alignments.place(em, values);
      if (id !== undefined) return { __typename: 'AlignmentPayload', id };
    }
    const placedId = await this.findPlaced(em, input);
    if (placedId !== undefined) return { __typename: 'AlreadyPlaced', id: placedId };
    // The placement that stopped this one was deleted in between.
    if (pair.isOwn) throw changedMeanwhile();
    if (!pair.openToProposals) throw notPermitted('The owner of this goal does not take proposals.');
    if (!pair.isVisibleToOwner) {
      throw conflict(
        'A draft can be proposed only to its owner and assignees. Publish the business goal first.',
      );
    }
    const id = await this.alignments.propose(em, values);
    if (id === undefined) {
      throw conflict('You have already proposed this. You can propose it again 30 days after the last time.');
    }
    return { __typename: 'AlignmentPayload', id };
  }

  private findPlaced(
    em: EntityManager,
    { personalGoalId, businessGoalId }: PlaceBusinessGoalInput,
  ): Promise<string | undefined> {
    return this.alignments.findPlaced(em, personalGoalId, businessGoalId);
  }

  /** @throws NOT_FOUND for an alignment that the viewer cannot see, NOT_PERMITTED for one in another person's goal */
  private async findOwn(em: EntityManager, id: string): Promise<AlignmentContext> {
    const found = await this.alignments.findContext(em, id);
    if (!found) throw notFound();
    if (!found.isOwn) {
      throw notPermitted(
        'Only the owner of the personal goal can decide which business goals are part of it.',
      );
    }
    return found;
  }

  private async load(ctx: RequestContext, id: string): Promise<AlignmentRow> {
    const alignment = await this.loader.opened(ctx).load(id);
    if (!alignment) throw notFound();
    return alignment;
  }
}

function changedMeanwhile(): Error {
  return conflict('One of the goals changed at the same moment. Try again.');
}
