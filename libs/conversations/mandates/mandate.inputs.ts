import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional } from 'class-validator';
import { CalendarDate, IsId, IsText, LONGEST_MARKDOWN, Markdown, TextEditOf } from '#graphql';

@InputType({ description: 'A new mandate.' })
export class GrantMandateInput {
  @IsId()
  @Field(() => ID, {
    description: 'The ID of the viewer’s open one-to-one with the person, who must report to the viewer.',
  })
  oneToOneId!: string;

  @IsText(LONGEST_MARKDOWN)
  @Field(() => Markdown, {
    description:
      'What the person may decide without asking, and up to which limit. At most 20,000 characters, not blank.',
  })
  text!: string;

  @IsOptional()
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day on which it holds, in the person’s time zone. Must not have passed.',
  })
  lastDay?: string | null;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description:
      'The ID of a mandate that the person offered in a handover, if this is granted in answer to it. Text and last day may differ.',
  })
  offeredMandateId?: string | null;
}

@InputType({
  description: 'Changes to a mandate that has not ended. Fields that are left out stay unchanged.',
})
export class UpdateMandateInput extends TextEditOf('mandate') {
  @IsOptional()
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'A different last day, or null to remove it. Must not have passed.',
  })
  lastDay?: string | null;
}

@InputType({ description: 'The mandate to end.' })
export class EndMandateInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the mandate.' })
  id!: string;
}

@InputType({ description: 'The mandate to publish.' })
export class PublishMandateInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the mandate.' })
  id!: string;

  @IsInt()
  @Field(() => Int, {
    description: 'The version that the viewer has read. An outdated one returns CONFLICT.',
  })
  version!: number;
}

@InputType({ description: 'The mandate that is not to be published any longer.' })
export class UnpublishMandateInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the mandate.' })
  id!: string;
}
