import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CalendarDate, Connection, EmailAddress, NodeModel } from '#graphql';

export const AccountStateEnum = {
  NONE: 'NONE',
  INVITED: 'INVITED',
  ACTIVE: 'ACTIVE',
  DISABLED: 'DISABLED',
} as const;
export type AccountState = keyof typeof AccountStateEnum;

registerEnumType(AccountStateEnum, {
  name: 'AccountState',
  description: 'Whether a person can sign in.',
  valuesMap: {
    NONE: { description: 'The person has no account and no invitation that still works.' },
    INVITED: { description: 'The person has no account yet, but an invitation that has not expired.' },
    ACTIVE: {
      description:
        'The person has an account that is not disabled. For 90 days after the end of employment it gives access only to the person’s own goals; after that, to nothing.',
    },
    DISABLED: {
      description:
        'A PEOPLE_ADMIN has disabled the account. Sign-in is refused, except to a former employee within the 90 days.',
    },
  },
});

@ObjectType({
  implements: () => [NodeModel],
  description: 'A person in the directory, which everybody in the organization can read.',
})
export class Person extends NodeModel {
  @Field({ description: 'The full name, as the organization writes it.' })
  name!: string;

  @Field(() => EmailAddress, {
    nullable: true,
    description:
      'The e-mail address in the directory, unique within the organization. It is independent of the address that the person signs in with. Null when unknown.',
  })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'The job title. Null when unknown.' })
  title!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day of employment. Null when unknown.',
  })
  hiredOn!: string | null;
}

@ObjectType({ description: 'A page of people.' })
export class PersonConnection extends Connection(Person) {}

@ObjectType({ description: 'The person that a mutation changed.' })
export class PersonPayload {
  @Field(() => Person, { description: 'The person after the change.' })
  person!: Person;
}
