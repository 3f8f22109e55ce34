import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId, IsText, Markdown } from '#graphql';

/** The most characters of a story. */
const LONGEST_STORY = 2_000;

@InputType({ description: 'The story to tell.' })
export class TellStoryInput {
  @IsId()
  @Field(() => ID, {
    description:
      'The barrier that it is about: one that is `REMOVED`, or whose trial was answered with another trial.',
  })
  barrierId!: string;

  @IsText(LONGEST_STORY)
  @Field(() => Markdown, { description: 'The story, 1 to 2,000 characters.' })
  text!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether everybody sees who tells it. It is stored either way, readable by the author alone, and can be changed later.',
  })
  withName!: boolean;
}

@InputType({ description: 'The story, and whether everybody sees who tells it.' })
export class NameStoryAuthorInput {
  @IsId()
  @Field(() => ID, { description: 'A story of the viewer.' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether everybody sees who tells it.' })
  withName!: boolean;
}

@InputType({ description: 'The story to adopt.' })
export class AdoptStoryInput {
  @IsId()
  @Field(() => ID, { description: 'The story.' })
  id!: string;
}

@InputType({ description: 'The story to adopt no longer.' })
export class UnadoptStoryInput {
  @IsId()
  @Field(() => ID, { description: 'The story.' })
  id!: string;
}
