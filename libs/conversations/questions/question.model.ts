import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';

/** What a question is about. */
export const QuestionTopic = {
  CUSTOMERS: 'CUSTOMERS',
  FIRST_CONVERSATION: 'FIRST_CONVERSATION',
  TRUST: 'TRUST',
  FEEDBACK_UPWARD: 'FEEDBACK_UPWARD',
  CAREER: 'CAREER',
  WORK: 'WORK',
  SKIP_LEVEL: 'SKIP_LEVEL',
  LIFE_AND_WORK: 'LIFE_AND_WORK',
} as const;
export type QuestionTopic = keyof typeof QuestionTopic;
registerEnumType(QuestionTopic, {
  name: 'QuestionTopic',
  description: 'What a question of the question bank is about.',
  valuesMap: {
    CUSTOMERS: { description: 'What customers say, and what stands in their way.' },
    FIRST_CONVERSATION: {
      description: 'For two people who begin to meet, for example after a change of manager.',
    },
    TRUST: { description: 'Promises, openness and fairness.' },
    FEEDBACK_UPWARD: { description: 'For a manager who asks for feedback.' },
    CAREER: { description: 'Learning and next steps.' },
    WORK: { description: 'What helps and hinders daily work.' },
    SKIP_LEVEL: { description: 'For a manager’s manager.' },
    LIFE_AND_WORK: { description: 'How work fits the person’s own goals.' },
  },
});

/** The languages of the question bank. */
export const QuestionLanguage = { EN: 'EN', DE: 'DE' } as const;
export type QuestionLanguage = keyof typeof QuestionLanguage;
registerEnumType(QuestionLanguage, {
  name: 'QuestionLanguage',
  description: 'A language in which the question bank is written.',
  valuesMap: { EN: { description: 'English.' }, DE: { description: 'German.' } },
});

@ObjectType({
  description:
    'A question of the question bank, to bring up in a conversation. Pass its ID as `questionId` of `addTalkingPoint` to put it on the agenda. Answers are not stored as such.',
})
export class ConversationQuestion {
  @Field(() => ID, { description: 'Identifies the question in every language.' })
  id!: string;

  @Field(() => String, { description: 'The question in the requested language.' })
  text!: string;

  @Field(() => QuestionTopic, { description: 'What it is about.' })
  topic!: QuestionTopic;
}
