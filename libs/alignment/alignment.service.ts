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

/** What came of placing: which alignment, and whether it was there before. */
interface Placed {
  readonly __typename: 'AlignmentPayload' | 'AlreadyPlaced';
  readonly id: string;
}

/** Business goals become part of personal goals by the owner's own yes (domain.md, "Alignment: the subset"). */
@Injectable()
export class AlignmentService {
  constructor(
    private readonly database: Database,
    private readonly alignments: AlignmentRepository,
    private readonly loader: AlignmentLoader,
  ) {}

  /**
   * Places a business goal in one's own goal; proposes it for somebody else's.
   *
   * @throws NOT_FOUND unless the viewer can see both; of a proposal NOT_PERMITTED where the owner takes none, and CONFLICT
   * where a draft is not theirs to see or where the viewer's last one has not lapsed, whatever the owner said to it
   */
  async place(ctx: PersonRequest, input: PlaceBusinessGoalInput): Promise<AlignmentPayload | AlreadyPlaced> {
    const placed = await this.database
      .write(ctx, (em) => this.write(em, ctx, input))
      .catch(async (error: unknown) => {
        // The personal goal went, or out of sight, between our look and our writing.
        if (isForeignKeyViolation(error) || isRefusedByPolicy(error)) throw changedAtOnce();
        if (raisedCode(error) !== RaisedCode.ALREADY_PLACED) throw error;
        // Placed between our look and our proposal.
        const id = await this.database.read(ctx, (em) => this.findPlaced(em, input));
        if (id === undefined) throw changedAtOnce();
        return { __typename: 'AlreadyPlaced' as const, id };
      });
    const alignment = await this.shown(ctx, placed.id);
    return { __typename: placed.__typename, alignment };
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for anybody but the owner; CONFLICT where it is placed, or gone out of sight */
  async answer(ctx: PersonRequest, { id, answer, how }: AnswerAlignmentInput): Promise<AlignmentPayload> {
    if (answer === 'DECLINE' && how) throw badInput('input.how', 'goes with a yes only.');
    await this.database.write(ctx, async (em) => {
      const seen = await this.ownStanding(em, id);
      await this.alignments.lockPersonalGoal(em, seen.personalGoalId);
      // What was read before waiting for the lock may be over.
      const { placed, businessGoalSeen } = await this.ownStanding(em, id);
      if (placed) throw conflict('This is placed already.');
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

  /** @throws NOT_FOUND; NOT_PERMITTED for anybody but the owner; CONFLICT for a proposal, whose words are its proposer's */
  async update(ctx: PersonRequest, { id, how }: UpdateAlignmentInput): Promise<AlignmentPayload> {
    await this.database.write(ctx, async (em) => {
      if ((await this.alignments.setHow(em, id, how ?? null)) > 0) return;
      await this.ownStanding(em, id);
      throw conflict('The words of a proposal are its proposer’s. Accept it with yours.');
    });
    return { alignment: await this.shown(ctx, id) };
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for anybody but the owner; CONFLICT for a proposal, which is answered instead */
  async remove(ctx: PersonContext, { id }: DeleteInput): Promise<DeletePayload> {
    await this.database.write(ctx, async (em) => {
      if ((await this.alignments.remove(em, id)) > 0) return;
      await this.ownStanding(em, id);
      throw conflict('A proposal is answered, not removed.');
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
    // Not placed, and yet not to be placed: removed in the very moment between.
    if (pair.own) throw changedAtOnce();
    if (!pair.openToProposals) throw notPermitted('The owner of this goal takes no proposals.');
    if (!pair.ownerSees)
      throw conflict('A draft can be proposed only to its owner and those it is assigned to.');
    const proposed = await this.alignments.propose(em, values);
    if (proposed === undefined) {
      throw conflict('You have proposed this. You may do so again thirty days after.');
    }
    return { __typename: 'AlignmentPayload', id: proposed };
  }

  private findPlaced(
    em: EntityManager,
    { personalGoalId, businessGoalId }: PlaceBusinessGoalInput,
  ): Promise<string | undefined> {
    return this.alignments.findPlaced(em, personalGoalId, businessGoalId);
  }

  /** @throws NOT_FOUND for what the viewer cannot see, NOT_PERMITTED for what they can see and may not change */
  private async ownStanding(em: EntityManager, id: string): Promise<AlignmentStanding> {
    const standing = await this.alignments.findStanding(em, id);
    if (!standing) throw notFound();
    if (!standing.own) throw notPermitted('Only the owner of the personal goal decides what is part of it.');
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
