import { ArgsType, Field, ID } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { IsId } from '#graphql';
import { QuestionLanguage, QuestionTopic } from './question.model.js';

@ArgsType()
export class QuestionsArgs {
  @IsId()
  @Field(() => ID, { description: 'The ID of the one-to-one that the questions are for.' })
  oneToOneId!: string;

  @IsOptional()
  @Field(() => QuestionTopic, { nullable: true, description: 'Only questions about this. All by default.' })
  topic?: QuestionTopic | null;

  @IsOptional()
  @Field(() => ID, {
    nullable: true,
    description: 'The ID of a question: returns those that follow it in the bank.',
  })
  after?: string | null;

  @IsOptional()
  @Field(() => QuestionLanguage, {
    nullable: true,
    defaultValue: QuestionLanguage.EN,
    description: 'The language of the questions.',
  })
  language?: QuestionLanguage | null;
}
