import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

const PREVIEW =
  'What is erased, with counts, and what stays, one sentence each, as it is now. Backups contain it until they expire.';

@ObjectType({
  description:
    'The viewer’s request to erase what they wrote. It is carried out after 7 days and can be cancelled until then.',
})
export class Erasure {
  @Field(() => ID, { description: 'The ID of the request.' })
  id!: string;

  @Field(() => Date, { description: 'When it was requested.' })
  requestedAt!: Date;

  @Field(() => Date, { description: 'When it is carried out, within the hour.' })
  executesAt!: Date;

  @Field(() => [String], { description: PREVIEW })
  preview?: string[];
}

@InputType({ description: 'A request to erase what the viewer wrote.' })
export class EraseMyDataInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether only to preview what would be erased, without requesting it.',
  })
  dryRun!: boolean;
}

@ObjectType({ description: 'The state of the viewer’s request, and what it concerns.' })
export class EraseMyDataPayload {
  @Field(() => Erasure, { nullable: true, description: 'The pending request. Null if there is none.' })
  erasure!: Erasure | null;

  @Field(() => [String], { description: PREVIEW })
  preview?: string[];
}
