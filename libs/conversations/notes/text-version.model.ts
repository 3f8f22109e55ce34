import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Markdown } from '#graphql';

@ObjectType({
  description:
    'An earlier or the current state of a text. Changes that one author makes within 10 minutes, with none by the other participant in between, are one version: the last of them.',
})
export class TextVersion {
  /** The ID of the object that has the text. */
  textId!: string;

  @Field(() => Int, { description: 'The version of the object that had this text.' })
  version!: number;

  @Field(() => Markdown, { description: 'The text.' })
  text!: string;

  @Field(() => Date, { description: 'When this version was last changed.' })
  at!: Date;

  /** Resolved to `author`. */
  authorId!: string;
}

export type TextVersionRow = TextVersion;
