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
import { AlignmentRepository, type AlignmentStanding } from './alignment.repository.js';

/** The alignment after placing, and whether it existed before. */
interface Placed {
  readonly __typename: 'AlignmentPayload' | 'AlreadyPlaced';
  readonly id: string;
}

/** Places and proposes business goals in personal goals (docs/domain.md, Alignment). */
@Injectable()
export class AlignmentService {
  constructor(
    private readonly database: Database,
    private readonly alignments: AlignmentRepository,
    private readonly loader: AlignmentLoader,
  ) {}

  /**
   * Places a business goal in one of the viewer's goals, or proposes it for another person's goal.
   *
   * @throws NOT_FOUND unless the viewer can see both. For a proposal: NOT_PERMITTED if the owner takes none; CONFLICT if the owner
   * cannot see the draft, or if the viewer's last proposal has not lapsed, answered or not
   */
  async place(ctx: PersonRequest, input: PlaceBusinessGoalInput): Promise<AlignmentPayload | AlreadyPlaced> {
    const placed = await this.database
      .write(ctx, (em) => this.write(em, ctx, input))
      .catch(async (error: unknown) => {
        // The personal goal was deleted or hidden after it was read.
        if (isForeignKeyViolation(error) || isRefusedByPolicy(error)) throw changedAtOnce();
        if (raisedCode(error) !== RaisedCode.ALREADY_PLACED) throw error;
        // It was placed after it was read.
        const id = await this.database.read(ctx, (em) => this.findPlaced(em, input));
        if (id === undefined) throw changedAtOnce();
        return { __typename: 'AlreadyPlaced' as const, id };
      });
    const alignment = await this.shown(ctx, placed.id);
    return { __typename: placed.__typename, alignment };
  }

  /** @throws NOT_FOUND; NOT_PERMITTED except for the owner; CONFLICT if it is placed, or the business goal is hidden */
  async answer(ctx: PersonRequest, { id, answer, how }: AnswerAlignmentInput): Promise<AlignmentPayload> {
    if (answer === 'DECLINE' && how) throw badInput('input.how', 'can be set only when accepting.');
    await this.database.write(ctx, async (em) => {
      const seen = await this.ownStanding(em, id);
      await this.alignments.lockPersonalGoal(em, seen.personalGoalId);
      // It may have changed while this waited for the lock.
      const { placed, businessGoalSeen } = await this.ownStanding(em, id);
      if (placed) throw conflict('This business goal is already placed. Reload the alignment.');
      if (answer === 'DECLINE') {
        const { organizationId, personId: ownerId } = ctx.viewer;
        await this.alignments.decline(em, { id, organizationId, ownerId });
        return;
      }
      if (!businessGoalSeen) throw conflict('This business goal is a draft that you can no longer see.');
      if ((await this.alignments.accept(em, id, how)) === 0) throw notFound();
    });
    return { alignment: await this.shown(ctx, id) };
  }

  /** @throws NOT_FOUND; NOT_PERMITTED except for the owner; CONFLICT for a proposal, whose text belongs to its proposer */
  async update(ctx: PersonRequest, { id, how }: UpdateAlignmentInput): Promise<AlignmentPayload> {
    await this.database.write(ctx, async (em) => {
      if ((await this.alignments.setHow(em, id, how ?? null)) > 0) return;
      await this.ownStanding(em, id);
      throw conflict('The text of a proposal belongs to its proposer. Set yours when you accept it.');
    });
    return { alignment: await this.shown(ctx, id) };
  }

  /** @throws NOT_FOUND; NOT_PERMITTED except for the owner; CONFLICT for a proposal, which must be answered instead */
  async remove(ctx: PersonContext, { id }: DeleteInput): Promise<DeletePayload> {
    await this.database.write(ctx, async (em) => {
      if ((await this.alignments.remove(em, id)) > 0) return;
      await this.ownStanding(em, id);
      throw conflict('A proposal cannot be removed. Accept or decline it.');
    });
    return { deletedId: id };
  }

  private async write(em: EntityManager, ctx: PersonContext, input: PlaceBusinessGoalInput): Promise<Placed> {
    const { personalGoalId, businessGoalId } = input;
    const pair = await this.alignments.findPair(em, personalGoalId, businessGoalId);
    if (!pair) throw notFound();
    const values = {
      organizationId: ctx.viewer.organizationId,
      personalGoalId,
      ownerId: pair.ownerId,
      businessGoalId,
      how: input.how ?? null,
      proposedById: ctx.viewer.personId,
    };
    if (pair.own) {
      const made = await this.alignments.place(em, values);
      if (made !== undefined) return { __typename: 'AlignmentPayload', id: made };
    }
    const placed = await this.findPlaced(em, input);
    if (placed !== undefined) return { __typename: 'AlreadyPlaced', id: placed };
    // It was placed and removed again since it was read.
    if (pair.own) throw changedAtOnce();
    if (!pair.openToProposals) throw notPermitted('The owner of this goal does not accept proposals.');
    if (!pair.ownerSees) throw conflict('A draft can be proposed only to its owner and assignees.');
    const proposed = await this.alignments.propose(em, values);
    if (proposed === undefined) {
      throw conflict('You have already proposed this. You can propose it again 30 days later.');
    }
    return { __typename: 'AlignmentPayload', id: proposed };
  }

  private findPlaced(
    em: EntityManager,
    { personalGoalId, businessGoalId }: PlaceBusinessGoalInput,
  ): Promise<string | undefined> {
    return this.alignments.findPlaced(em, personalGoalId, businessGoalId);
  }

  /** @throws NOT_FOUND if the viewer cannot see it, NOT_PERMITTED if they can see it and cannot change it */
  private async ownStanding(em: EntityManager, id: string): Promise<AlignmentStanding> {
    const standing = await this.alignments.findStanding(em, id);
    if (!standing) throw notFound();
    if (!standing.own)
      throw notPermitted('Only the owner of the personal goal can decide what is part of it.');
    return standing;
  }

  private async shown(ctx: RequestContext, id: string): Promise<AlignmentRow> {
    const alignment = await this.loader.opened(ctx).load(id);
    if (!alignment) throw notFound();
    return alignment;
  }
}

function changedAtOnce(): Error {
  return conflict('Somebody changed this at the same moment. Try again.');
}
