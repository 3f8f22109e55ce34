import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { operationLoader } from '#graphql';
import type { TalkingPointRow, TalkingPointSubjectRow } from './talking-point.entity.js';
import { TalkingPointRepository } from './talking-point.repository.js';
import type { TextVersionRow } from './text-version.model.js';
import { TextVersionRepository } from './text-version.repository.js';

/** Talking points that the viewer may see, once an operation. */
@Injectable()
export class TalkingPointLoader {
  constructor(
    private readonly database: Database,
    private readonly points: TalkingPointRepository,
    private readonly versions: TextVersionRepository,
  ) {}

  readonly byId = operationLoader<string, TalkingPointRow>((viewer, ids) =>
    this.database.read(viewer, async (em) => {
      const found = await this.points.findByIds(em, ids);
      return new Map(found.map((point) => [point.id, point]));
    }),
  );

  /** Those of a conversation, in their order. */
  readonly ofConversation = operationLoader<string, TalkingPointRow[]>((viewer, conversationIds) =>
    this.database.read(viewer, async (em) => {
      const found = await this.points.findByConversations(em, conversationIds);
      return Map.groupBy(found, ({ conversationId }) => conversationId ?? '');
    }),
  );

  /** Those that wait at a pair. */
  readonly waiting = operationLoader<string, TalkingPointRow[]>((viewer, oneToOneIds) =>
    this.database.read(viewer, async (em) => {
      const found = await this.points.findWaiting(em, oneToOneIds);
      return Map.groupBy(found, ({ oneToOneId }) => oneToOneId);
    }),
  );

  /** The goal that a point is about. */
  readonly subject = operationLoader<string, TalkingPointSubjectRow>((viewer, pointIds) =>
    this.database.read(viewer, async (em) => {
      const found = await this.points.findSubjects(em, pointIds);
      return new Map(found.map((subject) => [subject.pointId, subject]));
    }),
  );

  /** The goals that the points of a conversation are about. */
  readonly subjectsOfConversation = operationLoader<string, TalkingPointSubjectRow[]>(
    (viewer, conversationIds) =>
      this.database.read(viewer, async (em) => {
        const found = await this.points.findSubjectsOfConversations(em, conversationIds);
        return Map.groupBy(found, ({ conversationId }) => conversationId ?? '');
      }),
  );

  /** Its author's words over time, newest first; null for anybody but the author. */
  readonly history = operationLoader<string, TextVersionRow[]>((viewer, ids) =>
    this.database.read(viewer, (em) => this.versions.findByTexts(em, 'talkingPoint', ids)),
  );
}
