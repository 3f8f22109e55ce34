import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { createLoader } from '#graphql';
import type { TextVersionRow } from '../notes/text-version.model.js';
import { TextVersionRepository } from '../notes/text-version.repository.js';
import type { TalkingPointRow, TalkingPointSubjectRow } from './talking-point.entity.js';
import { TalkingPointRepository } from './talking-point.repository.js';

/** Talking points that the viewer can see. */
@Injectable()
export class TalkingPointLoader {
  constructor(
    private readonly database: Database,
    private readonly points: TalkingPointRepository,
    private readonly versions: TextVersionRepository,
  ) {}

  readonly byId = createLoader<string, TalkingPointRow>((ctx, ids) =>
    this.database.read(ctx, async (em) => {
      const found = await this.points.findByIds(em, ids);
      return new Map(found.map((point) => [point.id, point]));
    }),
  );

  /** By the ID of the conversation, in their order. */
  readonly byConversation = createLoader<string, TalkingPointRow[]>((ctx, conversationIds) =>
    this.database.read(ctx, (em) => this.points.findByConversations(em, conversationIds)),
  );

  /** Those that wait for a conversation to be planned, by the ID of the one-to-one. */
  readonly waiting = createLoader<string, TalkingPointRow[]>((ctx, oneToOneIds) =>
    this.database.read(ctx, (em) => this.points.findWaiting(em, oneToOneIds)),
  );

  /** The planned conversation that a point was put off from, where that can be taken back. */
  readonly postponedFrom = createLoader<string, string>((ctx, pointIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.points.findPostponedFrom(em, pointIds);
      return new Map(found.map(({ pointId, conversationId }) => [pointId, conversationId]));
    }),
  );

  /** The goal that a point is about. */
  readonly subject = createLoader<string, TalkingPointSubjectRow>((ctx, pointIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.points.findSubjects(em, pointIds);
      return new Map(found.map((subject) => [subject.pointId, subject]));
    }),
  );

  /** The goals that the points of a conversation are about. */
  readonly subjectsByConversation = createLoader<string, TalkingPointSubjectRow[]>((ctx, conversationIds) =>
    this.database.read(ctx, async (em) => {
      const found = await this.points.findSubjectsOfConversations(em, conversationIds);
      return Map.groupBy(found, ({ conversationId }) => conversationId ?? '');
    }),
  );

  /** The versions of the text, newest first. Null unless the viewer is the author. */
  readonly history = createLoader<string, TextVersionRow[]>((ctx, ids) =>
    this.database.read(ctx, (em) => this.versions.findByTexts(em, 'talkingPoint', ids)),
  );
}
