import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'What a participant says about a conversation that took place. Only its author can see it, until both participants have offered theirs: then both are revealed to the two of them at the same moment.',
})
export class ConversationFeedback {
  @Field(() => ID, { description: 'A globally unique, opaque identifier.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What would make the next conversation better. Null if the author did not say.',
  })
  better!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Whether the conversation was worth it, from 1 (not at all) to 5 (very much). Null if the author did not say.',
  })
  worthIt!: number | null;

  @Field({
    description:
      'Whether the author offers it to the other participant. False while it is kept: then nobody else ever sees it.',
  })
  offered!: boolean;

  @Field(() => Date, {
    description:
      'When both participants’ feedback was revealed. Before that, when the viewer last changed the text or the value.',
  })
  at!: Date;

  /** Resolved to `author`. */
  authorId!: string;
}
