import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { QuestionLanguage } from '#conversations';
import type { PersonContext } from '#db';
import { CurrentContext, NoIdempotencyKey, RequestContext, Untraceable, type PersonRequest } from '#graphql';
import { ViewerModel } from '#people';
import type { PulseQuestionRow, PulseRow } from './pulse.entity.js';
import { AnswerPulseInput } from './pulse.inputs.js';
import { PulseLoader } from './pulse.loader.js';
import { AnswerPulsePayload, Pulse, PulseQuestion } from './pulse.model.js';
import { PulseService } from './pulse.service.js';
import { textOf } from './question-bank.js';

@Resolver(() => Pulse)
export class PulseResolver {
  constructor(
    private readonly service: PulseService,
    private readonly loader: PulseLoader,
  ) {}

  @ResolveField(() => [PulseQuestion], {
    description: 'The questions, in the order in which they are asked.',
  })
  async questions(@Parent() pulse: PulseRow, @Context() ctx: RequestContext): Promise<PulseQuestionRow[]> {
    return (await this.loader.questions(ctx).load(pulse.id)) ?? [];
  }

  @ResolveField(() => Boolean, {
    description: 'Whether the viewer has answered it. Known to the viewer only, and for 24 months.',
  })
  async answered(@Parent() pulse: PulseRow, @Context() ctx: RequestContext): Promise<boolean> {
    return (await this.loader.answered(ctx).load(pulse.id)) ?? false;
  }

  @Untraceable()
  @NoIdempotencyKey('it would connect the answer with you. An answer sent again replaces the one before.')
  @Mutation(() => AnswerPulsePayload, {
    description:
      'Answers a pulse, or changes the answer, until it closes. No log line, counter or time connects the answer with the viewer, and no operation returns it, not even to the viewer. Must be the only field of its operation. At most 10 a day, together with `raiseNamelessBarrier`; the count is kept in memory only.',
  })
  answerPulse(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The answer.' }) input: AnswerPulseInput,
  ): Promise<{ pulse: PulseRow }> {
    return this.service.answer(ctx, input);
  }
}

@Resolver(() => PulseQuestion)
export class PulseQuestionResolver {
  @ResolveField(() => String, {
    description:
      'The question in the requested language. One on `ONE_TO_FIVE` is a statement to agree or disagree with.',
  })
  text(
    @Parent() { id }: PulseQuestionRow,
    @Args('language', {
      type: () => QuestionLanguage,
      nullable: true,
      defaultValue: QuestionLanguage.EN,
      description: 'The language of the question.',
    })
    language: QuestionLanguage | null,
  ): string {
    return textOf(id, language ?? 'EN');
  }
}

@Resolver(() => ViewerModel)
export class ViewerPulseResolver {
  constructor(private readonly service: PulseService) {}

  @ResolveField(() => Pulse, {
    nullable: true,
    description:
      'The pulse that the viewer is asked to answer now. Null if none is open, or the viewer joined after it opened.',
  })
  openPulse(@CurrentContext() ctx: PersonContext): Promise<PulseRow | null> {
    return this.service.findOpen(ctx);
  }
}
