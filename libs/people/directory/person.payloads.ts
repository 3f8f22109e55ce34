import { Field, ObjectType } from '@nestjs/graphql';
import { Person } from './person.model.js';

@ObjectType({ description: 'The person, as they are now.' })
export class PersonPayload {
  @Field(() => Person, { description: 'The person.' })
  person!: Person;
}
