import { Args, Query, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext } from '#graphql';
import { QuestionsArgs } from './question.inputs.js';
import { ConversationQuestion } from './question.model.js';
import { QuestionService } from './question.service.js';

@Resolver(() => ConversationQuestion)
export class QuestionResolver {
  constructor(private readonly service: QuestionService) {}

  @Query(() => [ConversationQuestion], {
    nullable: true,
    description:
      'Two questions to bring up in a one-to-one, in the order of the question bank. None that the participants took up in their last 10 conversations, as far as the viewer can see their talking points. Fewer at the end of the bank.',
  })
  questions(
    @CurrentContext() ctx: PersonContext,
    @Args() args: QuestionsArgs,
  ): Promise<ConversationQuestion[]> {
    return this.service.offer(ctx, args);
  }
}
