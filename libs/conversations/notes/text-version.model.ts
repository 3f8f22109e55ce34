import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Markdown } from '#graphql';

@ObjectType({
  description:
    'What a text said at a time. Saves by one author within 10 minutes, with nobody else’s between, are one: the last of them.',
})
export class TextVersion {
  @Field(() => Int, { description: 'The version of the text that these words are from.' })
  version!: number;

  @Field(() => Markdown, { description: 'The words.' })
  text!: string;

  @Field(() => Date, { description: 'When they were last saved.' })
  at!: Date;

  /** Resolved to `author`. */
  authorId!: string;
}

export type TextVersionRow = TextVersion;
