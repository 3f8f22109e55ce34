import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@InputType({ description: 'The goals of an export.' })
export class ImportMyGoalsInput {
  @Field({
    description:
      'The content of goals.json of an export (docs/export-format.md). A file that is larger than an operation may be can be imported in parts, each with some of its `goals`.',
  })
  file!: string;
}

@ObjectType({ description: 'What was imported.' })
export class ImportMyGoalsPayload {
  @Field(() => [ID], {
    description: 'The IDs of the goals that were added, in the order of the file. They are PRIVATE.',
  })
  importedIds!: readonly string[];

  @Field(() => [ID], {
    description: 'The IDs of the viewer’s goals that were there already, and were left as they are.',
  })
  presentIds!: readonly string[];
}
