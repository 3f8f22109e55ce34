import { Field, ObjectType } from '@nestjs/graphql';
import { CalendarDate, Connection, EmailAddress, NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description: 'Somebody in the directory. Everybody in the organization may read the directory.',
})
export class Person extends NodeModel {
  @Field({ description: 'Their name, as the organization writes it.' })
  name!: string;

  @Field(() => EmailAddress, {
    nullable: true,
    description:
      "The directory's address. The address for signing in is another, and theirs alone to change.",
  })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'What they are called at work.' })
  title!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day of their employment.' })
  startedOn!: string | null;
}

@ObjectType({ description: 'A page of people.' })
export class PersonConnection extends Connection(Person) {}
