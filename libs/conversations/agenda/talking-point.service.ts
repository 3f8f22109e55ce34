import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isBlank } from '#common';
import { Database, isForeignKeyViolation, type PersonContext } from '#db';
import { badInput, compareEdit, notFound, notPermitted, type EditConflict } from '#graphql';
import { OneToOneRepository } from '../pairs/one-to-one.repository.js';
import { assertOpen } from '../pairs/one-to-one.service.js';
import { TextVersionRepository } from '../notes/text-version.repository.js';
import { CarryOverRepository } from './carry-over.repository.js';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationRepository } from './conversation.repository.js';
import type { TalkingPointRow } from './talking-point.entity.js';
import type {
  AddTalkingPointInput,
  MoveTalkingPointInput,
  UpdateTalkingPointInput,
} from './talking-point.inputs.js';
import type { TalkingPointPayload } from './talking-point.model.js';
import { TalkingPointRepository } from './talking-point.repository.js';
import { WritingPlaces } from './writing-place.js';

/**
 * Talking points: by either side; a draft is its author's alone until shared, its words and its removal stay the author's,
 * either may order it and mark it discussed (domain.md, TalkingPoint).
 */
@Injectable()
export class TalkingPointService {
  constructor(
    private readonly database: Database,
    private readonly points: TalkingPointRepository,
    private readonly conversations: ConversationRepository,
    private readonly oneToOnes: OneToOneRepository,
    private readonly carryOver: CarryOverRepository,
    private readonly versions: TextVersionRepository,
    private readonly places: WritingPlaces,
  ) {}

  /** @throws BAD_USER_INPUT, NOT_FOUND; CONFLICT where the pair is not open */
  add(ctx: PersonContext, input: AddTalkingPointInput): Promise<TalkingPointRow> {
    return this.database.write(ctx, async (em) => {
      const draft = input.draft ?? true;
      assertSaysSomething({ text: input.text, draft }, input.aboutId ?? null);
      const { pair, conversation } = await this.places.open(em, input);
      if (conversation && conversation.status !== 'PLANNED') {
        throw badInput('input.conversationId', 'is over: add the point to the next conversation.');
      }
      const [next] = conversation ? [conversation] : await this.conversations.findPlanned(em, pair.id);
      const place = {
        organizationId: pair.organizationId,
        oneToOneId: pair.id,
        conversationId: next?.id ?? null,
      };
      const values = { authorId: ctx.viewer.personId, text: input.text, draft };
      const known = next === undefined ? {} : { conversation: next };
      if (input.aboutId == null) {
        return { ...(await this.points.insert(em, place, values)), ...known };
      }
      const point = await this.points.insert(em, place, values);
      await this.setSubject(em, point, input.aboutId);
      return { ...point, ...known };
    });
  }

  /**
   * For both to see. Sharing what is shared already changes nothing.
   *
   * @throws NOT_FOUND, NOT_PERMITTED; BAD_USER_INPUT while it has no words; CONFLICT where the pair is not open
   */
  share(ctx: PersonContext, id: string): Promise<TalkingPointRow> {
    return this.database.write(ctx, async (em) => {
      const point = await this.lock(em, id);
      if (point.authorId !== ctx.viewer.personId) throw notPermitted(AUTHOR_ONLY);
      if (!point.draft) return point;
      if (isBlank(point.text)) throw badInput('input.id', `has no words yet: ${WORDS_WHEN_SHARED}`);
      await this.points.share(em, id);
      return this.read(em, id);
    });
  }

  /**
   * Saving what is there already changes nothing. What a point is about does not raise its version: the other may not know
   * that it is about anything.
   *
   * @returns EditConflict where `version` is not the present one
   * @throws NOT_FOUND; NOT_PERMITTED for the words of the other; BAD_USER_INPUT; CONFLICT where the pair is not open
   */
  update(ctx: PersonContext, input: UpdateTalkingPointInput): Promise<TalkingPointPayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      const point = await this.lock(em, input.id);
      const text = input.text ?? point.text;
      const discussed = input.discussed ?? point.discussed;
      const ofAuthor = text !== point.text || input.aboutId !== undefined;
      const isAuthor = point.authorId === ctx.viewer.personId;
      const comparison = compareEdit(point, input.version, { text, discussed });
      // What it is about is compared for its author alone: nobody else may learn that it is about anything.
      const outdated =
        comparison === 'OUTDATED' ||
        (point.version !== input.version &&
          input.aboutId !== undefined &&
          !(isAuthor && (await this.isAbout(em, point, input.aboutId))));
      if (outdated) return { __typename: 'EditConflict', current: point };
      if (ofAuthor && !isAuthor) throw notPermitted(AUTHOR_ONLY);
      if (input.aboutId !== undefined) await this.setSubject(em, point, input.aboutId);
      if (ofAuthor) await this.assertStillSays(em, { ...point, text });
      if (text === point.text && discussed === point.discussed) {
        return { __typename: 'TalkingPointPayload', talkingPoint: point };
      }
      await this.points.update(em, { id: point.id, text, discussed });
      if (!discussed) await this.carryOnFromClosed(em, point);
      const talkingPoint = await this.read(em, point.id);
      if (text !== point.text) await this.record(em, talkingPoint);
      return { __typename: 'TalkingPointPayload', talkingPoint };
    });
  }

  /**
   * Puts it before another point of its conversation, or last. No two others change places.
   *
   * @returns the conversation
   * @throws NOT_FOUND, BAD_USER_INPUT; CONFLICT where the pair is not open
   */
  move(ctx: PersonContext, { id, beforeId }: MoveTalkingPointInput): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      const seen = await this.points.findById(em, id);
      if (!seen) throw notFound();
      // Two who order at once take turns.
      const pair = await this.oneToOnes.lockById(em, seen.oneToOneId);
      const { conversationId } = await this.read(em, id);
      if (!pair) throw notFound();
      assertOpen(pair);
      if (conversationId === null) {
        throw badInput('input.id', 'waits for a conversation to be planned, and has no place in one yet.');
      }
      if (!(await this.points.place(em, id, beforeId ?? null))) {
        throw badInput('input.beforeId', 'must be another point of the same conversation.');
      }
      const conversation = await this.conversations.findById(em, conversationId);
      if (!conversation) throw notFound();
      return conversation;
    });
  }

  /** @throws NOT_FOUND; NOT_PERMITTED for anybody but its author; CONFLICT where the pair is not open */
  async remove(ctx: PersonContext, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      // Held as for every change, so that it does not go while a closing conversation hands it on.
      const point = await this.lock(em, id);
      if (point.authorId !== ctx.viewer.personId) throw notPermitted(AUTHOR_ONLY);
      if (!(await this.points.remove(em, id))) throw notFound();
    });
  }

  /** Not discussed after all: what is undiscussed does not stay in a conversation that is over. */
  private async carryOnFromClosed(
    em: EntityManager,
    { conversationId, oneToOneId }: TalkingPointRow,
  ): Promise<void> {
    if (conversationId === null) return;
    const conversation = await this.conversations.findById(em, conversationId);
    if (!conversation || conversation.status === 'PLANNED') return;
    const [next] = await this.conversations.findPlanned(em, oneToOneId);
    await this.carryOver.carry(em, conversationId, next?.id ?? null);
  }

  /** Its row, as it stays until the transaction ends, in a pair that is open. */
  private async lock(em: EntityManager, id: string): Promise<TalkingPointRow> {
    const seen = await this.points.findById(em, id);
    if (!seen) throw notFound();
    // The pair first, as everybody does, so that two never wait for each other.
    await this.places.holdOpen(em, seen.oneToOneId);
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
      // It was deleted between the look and the write.
      if (isForeignKeyViolation(error)) return false;
      throw error;
    });
    if (!found) throw notFound('There is no goal with the id in aboutId.');
  }

  private async isAbout(em: EntityManager, { id }: TalkingPointRow, goalId: string | null): Promise<boolean> {
    const [subject] = await this.points.findSubjects(em, [id]);
    return (subject?.personalGoalId ?? subject?.businessGoalId ?? null) === goalId;
  }

  private async assertStillSays(em: EntityManager, point: TalkingPointRow): Promise<void> {
    if (!isBlank(point.text)) return;
    const [subject] = await this.points.findSubjects(em, [point.id]);
    assertSaysSomething(point, subject?.personalGoalId ?? subject?.businessGoalId ?? null);
  }

  private record(em: EntityManager, point: TalkingPointRow): Promise<void> {
    return this.versions.record(em, 'talkingPoint', point);
  }
}

const AUTHOR_ONLY = 'Only its author words, shares or removes a talking point.';

/** A shared point without words would tell whoever may not see its goal that there is one. */
const WORDS_WHEN_SHARED = 'only a draft that is about a goal goes without.';

function assertSaysSomething(
  { text, draft }: { text: string; draft: boolean },
  aboutId: string | null,
): void {
  if (isBlank(text) && (!draft || aboutId === null)) {
    throw badInput('input.text', `must not be blank: ${WORDS_WHEN_SHARED}`);
  }
}
