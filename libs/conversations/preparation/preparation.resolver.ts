import { Context, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { BarrierLoader } from '#barriers';
import { BusinessGoalLoader } from '#business-goals';
import { PersonalGoalLoader } from '#goals';
import { NodeModel, RequestContext, selectsOnlyId, type Loader } from '#graphql';
import { PersonLoader } from '#people';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { Conversation } from '../agenda/conversation.model.js';
import { TalkingPointLoader } from '../agenda/talking-point.loader.js';
import { ActionItemLoader } from '../promises/action-item.loader.js';
import { PreparationLoader, preparationOf } from './preparation.loader.js';
import { Preparation, Suggestion, type SuggestionSubject } from './preparation.model.js';

@Resolver(() => Conversation)
export class ConversationPreparationResolver {
  constructor(private readonly loader: PreparationLoader) {}

  @ResolveField(() => Preparation, {
    description:
      'What the viewer may want to bring up. Empty unless it is planned and on the record, and while the one-to-one is paused. Suggestions about goals of the other participant count as reads of those goals.',
  })
  async preparation(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<Preparation> {
    const prepared = await this.loader.byConversation(ctx).load(conversation.id);
    return prepared ?? preparationOf(conversation.id);
  }
}

@Resolver(() => Suggestion)
export class SuggestionResolver {
  private readonly loaders: Readonly<
    Record<SuggestionSubject, (ctx: RequestContext) => Loader<string, object>>
  >;

  constructor(
    points: TalkingPointLoader,
    items: ActionItemLoader,
    personalGoals: PersonalGoalLoader,
    businessGoals: BusinessGoalLoader,
    barriers: BarrierLoader,
    people: PersonLoader,
  ) {
    this.loaders = {
      TalkingPoint: points.byId,
      ActionItem: items.byId,
      PersonalGoal: personalGoals.byId,
      BusinessGoal: businessGoals.byId,
      Barrier: barriers.byId,
      Person: people.byId,
    };
  }

  @ResolveField(() => NodeModel, {
    nullable: true,
    description:
      'What it is about: a TalkingPoint, ActionItem, PersonalGoal, BusinessGoal, Barrier or Person, depending on the kind. Pass the ID of a goal as `aboutId` of `addTalkingPoint` to put it on the agenda.',
  })
  async about(
    @Parent() { aboutType, aboutId }: Suggestion,
    @Context() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object | null> {
    if (aboutType === null || aboutId === null) return null;
    // The viewer was shown this row when the suggestion was computed.
    if (selectsOnlyId(info)) return { __typename: aboutType, id: aboutId };
    const row = await this.loaders[aboutType](ctx).load(aboutId);
    return row && { ...row, __typename: aboutType };
  }
}
