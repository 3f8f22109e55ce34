import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate } from '#graphql';

/** What a suggestion says. */
export const SuggestionKind = {
  CARRIED_POINT: 'CARRIED_POINT',
  ACTION_ITEM_DUE: 'ACTION_ITEM_DUE',
  ACTION_ITEM_LATE: 'ACTION_ITEM_LATE',
  GOAL_UPDATED: 'GOAL_UPDATED',
  GOAL_QUIET: 'GOAL_QUIET',
  MILESTONE_REACHED: 'MILESTONE_REACHED',
  BUSINESS_GOAL_UNPLACED: 'BUSINESS_GOAL_UNPLACED',
  BUSINESS_GOAL_OFF_TRACK: 'BUSINESS_GOAL_OFF_TRACK',
  BARRIER_ANSWERED: 'BARRIER_ANSWERED',
  SHARE_FIRST: 'SHARE_FIRST',
  AGENDA_ONE_SIDED: 'AGENDA_ONE_SIDED',
  NOT_MET_LATELY: 'NOT_MET_LATELY',
  ANNIVERSARY: 'ANNIVERSARY',
} as const;
export type SuggestionKind = keyof typeof SuggestionKind;
registerEnumType(SuggestionKind, {
  name: 'SuggestionKind',
  description: 'What a suggestion says. The comments name what `about`, `days`, `count` and `on` hold.',
  valuesMap: {
    CARRIED_POINT: {
      description:
        'A talking point that was carried over and is not discussed yet. About the TalkingPoint; `count` is how often it was carried over.',
    },
    ACTION_ITEM_DUE: {
      description:
        'An open action item of either participant that is due at most 7 days after the conversation. About the ActionItem; `on` is the due date and `days` how many days are left.',
    },
    ACTION_ITEM_LATE: {
      description:
        'An open action item of either participant that is past its due date. About the ActionItem; `on` is the due date and `days` how many days have passed.',
    },
    GOAL_UPDATED: {
      description:
        'Updates since the participants last met, of a personal goal of the viewer or of one that the other participant lets them read. About the PersonalGoal; `count` is the number of updates.',
    },
    GOAL_QUIET: {
      description:
        'An ACTIVE personal goal of the viewer that has not changed for 60 days. About the PersonalGoal; `days` is how long. Nobody else is shown this.',
    },
    MILESTONE_REACHED: {
      description:
        'A milestone reached since the participants last met, of a personal goal of the viewer or of one that the other participant lets them read. About the PersonalGoal; `on` is the day.',
    },
    BUSINESS_GOAL_UNPLACED: {
      description:
        'An OPEN business goal that the viewer owns or is assigned to, and that is part of none of their personal goals. About the BusinessGoal.',
    },
    BUSINESS_GOAL_OFF_TRACK: {
      description:
        'An OPEN business goal of either participant whose last check-in says OFF_TRACK. About the BusinessGoal.',
    },
    BARRIER_ANSWERED: {
      description:
        'A barrier that the viewer raised in their name or supports, and that was answered since the participants last met. About the Barrier. Nobody else is shown this.',
    },
    SHARE_FIRST: {
      description:
        'The viewer manages the other participant, who can read none of the viewer’s personal goals. Shown whether or not a share of theirs waits. About the Person.',
    },
    AGENDA_ONE_SIDED: {
      description:
        'All shared talking points, at least two, are of one participant. `count` is the number of points.',
    },
    NOT_MET_LATELY: {
      description:
        'The time since the participants last met is more than one and a half times what the recurrence plans. `days` is how long.',
    },
    ANNIVERSARY: {
      description:
        'The other participant was hired a whole number of years before a day at most 7 days from the conversation. About the Person; `count` is the number of years and `on` the day.',
    },
  },
});

@ObjectType({
  description: 'Something that the viewer may want to bring up in a conversation, as a fact in a few words.',
})
export class Suggestion {
  @Field(() => ID, { description: 'A globally unique, opaque identifier. The same fact keeps it.' })
  id!: string;

  @Field(() => SuggestionKind, { description: 'What it says.' })
  kind!: SuggestionKind;

  @Field(() => String, {
    description:
      'The fact in English. Clients that show another language can word it themselves from the other fields.',
  })
  text!: string;

  @Field(() => Int, { nullable: true, description: 'A number of days, depending on the kind.' })
  days!: number | null;

  @Field(() => Int, { nullable: true, description: 'A number, depending on the kind.' })
  count!: number | null;

  @Field(() => CalendarDate, { nullable: true, description: 'A day, depending on the kind.' })
  on!: string | null;

  /** Resolved to `about`. */
  aboutType!: SuggestionSubject | null;
  aboutId!: string | null;
}

/** The types that suggestions are about. */
export type SuggestionSubject =
  'TalkingPoint' | 'ActionItem' | 'PersonalGoal' | 'BusinessGoal' | 'Barrier' | 'Person';

@ObjectType({
  description:
    'What the viewer may want to bring up in a conversation. Computed for each request from what the viewer can see, and not stored. The other participant gets a different one.',
})
export class Preparation {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field(() => Date, {
    nullable: true,
    description:
      'When the participants last met: what happened since then is new. Null if they have not met, and for a conversation that is not planned.',
  })
  since!: Date | null;

  @Field(() => [Suggestion], {
    description:
      'The suggestions, most important first, at most 5 of each kind and participant. Empty for a conversation that is not PLANNED, and while the one-to-one is not OPEN.',
  })
  suggestions!: Suggestion[];
}
