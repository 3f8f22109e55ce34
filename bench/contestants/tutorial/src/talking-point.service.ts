import { Injectable, NotFoundException } from '@nestjs/common';
import { LessThan, type EntityManager } from 'typeorm';
import { Conversation } from './conversation.js';
import { ConversationStatus, OneToOneState } from './enums.js';
import { Pair, PairRow } from './one-to-one.js';
import { TalkingPoint, TalkingPointVersion, type AddTalkingPointInput } from './talking-point.js';

@Injectable()
export class TalkingPointService {
  /** At the end of a planned conversation of an open pair, with the first version of its text. */
  async add(
    manager: EntityManager,
    authorId: string,
    { conversationId, text, draft }: AddTalkingPointInput,
  ): Promise<TalkingPoint> {
    const { oneToOneId } = await manager.findOneByOrFail(Conversation, { id: conversationId });
    // Held for share: nobody ends the pair or closes the conversation meanwhile. What is read next sees what was done before.
    const { organizationId } = await manager.findOneOrFail(PairRow, {
      where: { id: oneToOneId },
      lock: { mode: 'pessimistic_read' },
    });
    const pair = await manager.findOneByOrFail(Pair, { id: oneToOneId });
    const conversation = await manager.findOneByOrFail(Conversation, { id: conversationId });
    if (pair.state !== OneToOneState.OPEN || conversation.status !== ConversationStatus.PLANNED) {
      throw new NotFoundException('This conversation is not open for more.');
    }
    const { identifiers } = await manager.insert(TalkingPoint, {
      organizationId,
      oneToOneId,
      conversationId,
      raisedInId: conversationId,
      authorId,
      text,
      draft,
    });
    const point = await manager.findOneByOrFail(TalkingPoint, { id: identifiers[0]?.id as string });
    await manager.insert(TalkingPointVersion, {
      pointId: point.id,
      version: point.version,
      organizationId,
      authorId,
      text,
    });
    const before = await manager.countBy(TalkingPoint, [
      { conversationId, place: LessThan(point.place) },
      { conversationId, place: point.place, id: LessThan(point.id) },
    ]);
    point.position = before + 1;
    return point;
  }
}
