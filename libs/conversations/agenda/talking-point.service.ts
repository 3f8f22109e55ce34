import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isBlank } from '#common';
import { Database, isForeignKeyViolation, type PersonContext } from '#db';
import { badInput, compareEdit, conflict, notFound, notPermitted, type EditConflict } from '#graphql';
import { TextVersionRepository } from '../notes/text-version.repository.js';
import { QUESTION_BANK } from '../questions/question-bank.js';
import { CarryOverService } from './carry-over.service.js';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationRepository } from './conversation.repository.js';
import type { TalkingPointRow } from './talking-point.entity.js';
import type {
  AddTalkingPointInput,
  MoveTalkingPointInput,
  PostponeTalkingPointInput,
  ShareTalkingPointsInput,
  UpdateTalkingPointInput,
} from './talking-point.inputs.js';
import type { TalkingPointPayload } from './talking-point.model.js';
import { TalkingPointRepository } from './talking-point.repository.js';
import { assertPlanned, WriteTargets } from './write-target.js';

/** Talking points (docs/domain.md, TalkingPoint). */
@Injectable()
export class TalkingPointService {
  constructor(
    private readonly database: Database,
    private readonly points: TalkingPointRepository,
    private readonly conversations: ConversationRepository,
    private readonly carryOver: CarryOverService,
    private readonly versions: TextVersionRepository,
    private readonly targets: WriteTargets,
  ) {}

  /** @throws BAD_USER_INPUT, NOT_FOUND; CONFLICT where the one-to-one is not open */
  add(ctx: PersonContext, input: AddTalkingPointInput): Promise<TalkingPointRow> {
    return this.database.write(ctx, async (em) => {
      const draft = input.draft ?? true;
      assertHasContent({ text: input.text, draft }, input.aboutId ?? null);
      assertInQuestionBank(input.questionId ?? null);
      const { oneToOne, conversation } = await this.targets.lock(em, input.target);
      if (conversation) assertPlanned(conversation, 'input.target.conversationId');
      const planned = conversation ? [conversation] : await this.conversations.findPlanned(em, oneToOne.id);
      const next = planned.find(({ offTheRecord }) => !offTheRecord);
      const values = {
        organizationId: oneToOne.organizationId,
        oneToOneId: oneToOne.id,
        conversationId: next?.id ?? null,
        authorId: ctx.viewer.personId,
        text: input.text,
        draft,
        fromCustomer: input.fromCustomer ?? false,
        questionId: input.questionId ?? null,
        standing: input.standing ?? false,
      };
      const known = next === undefined ? {} : { conversation: next };
      if (input.aboutId == null && !values.standing) return this.points.insertLast(values, known);
      const point = await this.points.insert(em, values);
      if (input.aboutId != null) await this.setSubject(em, point, input.aboutId);
      if (point.standing) {
        await this.carryOver.admitWaiting(em, oneToOne.id);
        return this.read(em, point.id);
      }
      return { ...point, ...known };
    });
  }

  /**
   * Sharing a shared point changes nothing.
   *
   * @throws NOT_FOUND, NOT_PERMITTED; BAD_USER_INPUT while its text is empty; CONFLICT where the one-to-one is not open
   */
  share(ctx: PersonContext, id: string): Promise<TalkingPointRow> {
    return this.database.write(ctx, async (em) => {
      const point = await this.lock(em, id);
      assertShareable(ctx, point, 'input.id');
      if (!point.draft) return point;
      await this.points.share(em, [id]);
      return this.read(em, id);
    });
  }

  /**
   * Shares all of these points of one conversation, or none.
   *
   * @throws NOT_FOUND, NOT_PERMITTED; BAD_USER_INPUT for a point of another conversation, or with an empty text; CONFLICT where the
   * one-to-one is not open
   */
  shareAll(
    ctx: PersonContext,
    { conversationId, talkingPointIds }: ShareTalkingPointsInput,
  ): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      const { conversation } = await this.targets.lockConversation(em, conversationId);
      const found = new Map(
        (await this.points.lockAll(em, talkingPointIds)).map((point) => [point.id, point]),
      );
      talkingPointIds.forEach((id, index) => {
        const path = `input.talkingPointIds.${String(index)}`;
        const point = found.get(id);
        if (!point) throw notFound();
        if (point.conversationId !== conversationId) {
          throw badInput(path, 'must belong to this conversation.');
        }
        assertShareable(ctx, point, path);
      });
      await this.points.share(em, talkingPointIds);
      return conversation;
    });
  }

  /**
   * An edit that asks for what is stored changes nothing. Changing the goal that a point is about does not change its version, since
   * the other participant may not be allowed to know that it is about one.
   *
   * @returns EditConflict where `version` is outdated
   * @throws NOT_FOUND; NOT_PERMITTED for the text, mark or goal of the other's point; BAD_USER_INPUT; CONFLICT where the one-to-one is not open
   */
  update(ctx: PersonContext, input: UpdateTalkingPointInput): Promise<TalkingPointPayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      // Changing whether a point is standing may move it, which needs the exclusive lock.
      const point = await this.lock(em, input.id, { exclusively: input.standing !== undefined });
      const {
        text = point.text,
        discussed = point.discussed,
        standing = point.standing,
        fromCustomer = point.fromCustomer,
        aboutId,
      } = input;
      const isAuthor = point.authorId === ctx.viewer.personId;
      const needsAuthor = text !== point.text || fromCustomer !== point.fromCustomer || aboutId !== undefined;
      const comparison = compareEdit(point, input.version, { text, discussed, standing, fromCustomer });
      // Only the author's edit is compared with the stored goal: nobody else may learn whether there is one.
      const outdated =
        comparison === 'OUTDATED' ||
        (point.version !== input.version &&
          aboutId !== undefined &&
          !(isAuthor && (await this.isAbout(em, point, aboutId))));
      if (outdated) return { __typename: 'EditConflict', current: point };
      if (needsAuthor && !isAuthor) throw notPermitted(AUTHOR_ONLY);
      if (aboutId !== undefined) await this.setSubject(em, point, aboutId);
      if (needsAuthor) await this.assertStillHasContent(em, { ...point, text });
      if (comparison === 'UNCHANGED') {
        return { __typename: 'TalkingPointPayload', talkingPoint: point };
      }
      await this.points.update(em, point, { text, discussed, standing, fromCustomer });
      if (!discussed || standing) await this.carryOnFromClosed(em, point);
      if (standing && !point.standing) await this.carryOver.admitWaiting(em, point.oneToOneId);
      const talkingPoint = await this.read(em, point.id);
      if (text !== point.text) await this.versions.record(em, 'talkingPoint', talkingPoint);
      return { __typename: 'TalkingPointPayload', talkingPoint };
    });
  }

  /**
   * Places a point before another one of its conversation, or last. The order of all other points stays the same.
   *
   * @returns the conversation
   * @throws NOT_FOUND, BAD_USER_INPUT; CONFLICT where the one-to-one is not open
   */
  move(ctx: PersonContext, { id, beforeId }: MoveTalkingPointInput): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      // So that two concurrent moves run one after the other.
      const { conversationId } = await this.lock(em, id, { exclusively: true });
      if (conversationId === null) {
        throw badInput(
          'input.id',
          'This talking point is waiting for the next conversation: choose one that belongs to a conversation.',
        );
      }
      if (!(await this.points.place(em, id, beforeId ?? null))) {
        throw badInput('input.beforeId', 'Choose another talking point of the same conversation.');
      }
      const conversation = await this.conversations.findById(em, conversationId);
      if (!conversation) throw notFound();
      return conversation;
    });
  }

  /**
   * Puts a point off from a planned conversation to a later one, or takes that back. Does nothing where that is so already.
   *
   * @returns the conversation that it is put off from
   * @throws NOT_FOUND; BAD_USER_INPUT for a discussed point; CONFLICT where the conversation is not planned, the point is in another one,
   * or the one-to-one is not open
   */
  postpone(
    ctx: PersonContext,
    { id, conversationId, postponed }: PostponeTalkingPointInput,
  ): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      const point = await this.lock(em, id, { exclusively: true });
      const conversation = await this.conversations.findById(em, conversationId);
      if (conversation?.oneToOneId !== point.oneToOneId) throw notFound();
      if (conversation.status !== 'PLANNED') {
        throw conflict(`This conversation is no longer planned. Its status is ${conversation.status}.`);
      }
      const isHere = point.conversationId === conversationId;
      if (postponed ?? true) {
        const isPostponed =
          !isHere &&
          (await this.points.findPostponedFrom(em, [id])).some(
            (one) => one.conversationId === conversationId,
          );
        if (isPostponed) return conversation;
        if (!isHere) throw conflict('This talking point is no longer in this conversation.');
        if (point.discussed) {
          throw badInput(
            'input.id',
            'A discussed talking point cannot be put off: mark it undiscussed first.',
            'NOT_ALLOWED',
          );
        }
        await this.carryOver.postpone(em, point);
        return conversation;
      }
      if (!isHere && !(await this.carryOver.returnPostponed(em, id, conversationId))) {
        throw conflict(
          'This talking point was not put off from this conversation, or it was discussed or carried on since.',
        );
      }
      return conversation;
    });
  }

  /** @throws NOT_FOUND; NOT_PERMITTED unless the viewer is its author; CONFLICT where the one-to-one is not open */
  async delete(ctx: PersonContext, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      // Locks the one-to-one, so that a conversation that closes at the same time does not carry the point on.
      const point = await this.lock(em, id);
      if (point.authorId !== ctx.viewer.personId) throw notPermitted(AUTHOR_ONLY);
      if (!(await this.points.delete(em, id))) throw notFound();
    });
  }

  /** A point that was marked undiscussed or standing does not stay in a closed conversation. */
  private async carryOnFromClosed(em: EntityManager, { conversationId }: TalkingPointRow): Promise<void> {
    if (conversationId === null) return;
    const conversation = await this.conversations.findById(em, conversationId);
    if (conversation && conversation.status !== 'PLANNED') await this.carryOver.carryToNext(em, conversation);
  }

  /** Locks a point of an open one-to-one. The one-to-one is locked first, as everywhere, so that there are no deadlocks. */
  private async lock(em: EntityManager, id: string, { exclusively = false } = {}): Promise<TalkingPointRow> {
    const seen = await this.points.findById(em, id);
    if (!seen) throw notFound();
    await this.targets.lockOneToOne(em, seen.oneToOneId, { exclusively });
    const locked = await this.points.lock(em, id);
    if (!locked) throw notFound();
    return locked;
  }

  private async read(em: EntityManager, id: string): Promise<TalkingPointRow> {
    const point = await this.points.findById(em, id);
    if (!point) throw notFound();
    return point;
  }

  private async setSubject(em: EntityManager, point: TalkingPointRow, goalId: string | null): Promise<void> {
    const found = await this.points.setSubject(em, point, goalId).catch((error: unknown) => {
      // The goal was deleted by a concurrent transaction.
      if (isForeignKeyViolation(error)) return false;
      throw error;
    });
    if (!found) throw notFound('There is no goal with the ID in aboutId.');
  }

  private async isAbout(em: EntityManager, { id }: TalkingPointRow, goalId: string | null): Promise<boolean> {
    const [subject] = await this.points.findSubjects(em, [id]);
    return (subject?.personalGoalId ?? subject?.businessGoalId ?? null) === goalId;
  }

  private async assertStillHasContent(em: EntityManager, point: TalkingPointRow): Promise<void> {
    if (!isBlank(point.text)) return;
    const [subject] = await this.points.findSubjects(em, [point.id]);
    assertHasContent(point, subject?.personalGoalId ?? subject?.businessGoalId ?? null);
  }
}

const AUTHOR_ONLY =
  'Only the author of a talking point can change its text, mark or goal, share it or delete it.';

/** A shared point without text would tell a participant who cannot see its goal that there is one. */
const EMPTY_ONLY_IN_DRAFTS = 'Only a draft that is about a goal can be empty.';

function assertHasContent({ text, draft }: { text: string; draft: boolean }, aboutId: string | null): void {
  if (isBlank(text) && (!draft || aboutId === null)) {
    throw badInput('input.text', `must not be blank. ${EMPTY_ONLY_IN_DRAFTS}`, 'REQUIRED');
  }
}

function assertInQuestionBank(questionId: string | null): void {
  if (questionId !== null && !QUESTION_BANK.some(({ id }) => id === questionId)) {
    throw badInput('input.questionId', 'must be the ID of a question of the question bank.', 'NOT_FOUND');
  }
}

/** @throws NOT_PERMITTED unless the viewer is the author; BAD_USER_INPUT for a draft without text */
function assertShareable(ctx: PersonContext, { authorId, draft, text }: TalkingPointRow, path: string): void {
  if (authorId !== ctx.viewer.personId) throw notPermitted(AUTHOR_ONLY);
  if (draft && isBlank(text)) throw badInput(path, `must have a text. ${EMPTY_ONLY_IN_DRAFTS}`);
}
