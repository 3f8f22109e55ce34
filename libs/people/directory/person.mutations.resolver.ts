import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext } from '#graphql';
import type { PersonRow } from './person.entity.js';
import {
  CreatePersonInput,
  EndEmploymentInput,
  UpdateMyProfileInput,
  UpdatePersonInput,
} from './person.inputs.js';
import { PersonPayload } from './person.model.js';
import { PersonService } from './person.service.js';

type Payload = Promise<{ person: PersonRow }>;

@Resolver()
export class PersonMutationsResolver {
  constructor(private readonly service: PersonService) {}

  @Mutation(() => PersonPayload, {
    description:
      'Adds a person to the directory. For PEOPLE_ADMIN. The person gets no account; invite them with `invitePeople`.',
  })
  async createPerson(
    @Args('input', { description: 'The person to add.' }) input: CreatePersonInput,
    @CurrentContext() ctx: PersonContext,
  ): Payload {
    return { person: await this.service.create(ctx, input) };
  }

  @Mutation(() => PersonPayload, { description: 'Changes a person in the directory. For PEOPLE_ADMIN.' })
  async updatePerson(
    @Args('input', { description: 'The person and the fields to change.' }) input: UpdatePersonInput,
    @CurrentContext() ctx: PersonContext,
  ): Payload {
    return { person: await this.service.update(ctx, input) };
  }

  @Mutation(() => PersonPayload, {
    description:
      "Changes the viewer's own profile. Instants that were stored with the former time zone, such as the end of a share, stay the same.",
  })
  async updateMyProfile(
    @Args('input', { description: 'The fields to change.' }) input: UpdateMyProfileInput,
    @CurrentContext() ctx: PersonContext,
  ): Payload {
    return { person: await this.service.updateProfile(ctx, input) };
  }

  @Mutation(() => PersonPayload, {
    description:
      "Sets or removes the last day of a person's employment. For PEOPLE_ADMIN. The person's reporting lines end on that day, and resume when it is removed. CONFLICT for the last ORGANIZATION_ADMIN.",
  })
  async endEmployment(
    @Args('input', { description: 'The person and the last day.' }) input: EndEmploymentInput,
    @CurrentContext() ctx: PersonContext,
  ): Payload {
    return { person: await this.service.endEmployment(ctx, input) };
  }
}
