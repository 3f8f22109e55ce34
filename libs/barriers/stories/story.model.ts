import { Field, ObjectType } from '@nestjs/graphql';
import { CalendarDate, Connection, Markdown, NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description:
    'What became of a barrier that was removed, or of a trial that was kept, for others to adopt. Visible to the organization.',
})
export class Story implements NodeModel {
  id!: string;

  @Field(() => Markdown, { description: 'The story.' })
  text!: string;

  @Field(() => CalendarDate, {
    description: "The day on which it was added, in the organization's time zone.",
  })
  createdOn!: string;
}

@ObjectType({ description: 'A page of stories.' })
export class StoryConnection extends Connection(Story) {}

@ObjectType({ description: 'The story that a mutation created or changed.' })
export class StoryPayload {
  @Field(() => Story, { description: 'The story after the mutation.' })
  story!: Story;
}
