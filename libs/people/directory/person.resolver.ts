import { Args, Context, ID, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { ViewerContext } from '#db';
import { IdPipe, type Page, RequestContext, ViewerOrToken } from '#graphql';
import { ForTokens } from '#identity';
import { Organization } from '../organization/organization.model.js';
import type { PersonRow } from './person.entity.js';
import { PeopleArgs } from './person.inputs.js';
import { PersonLoader } from './person.loader.js';
import { Person, PersonConnection } from './person.model.js';
import { PersonService } from './person.service.js';

@Resolver(() => Person)
export class PersonResolver {
  constructor(
    private readonly loader: PersonLoader,
    private readonly service: PersonService,
  ) {}

  @ForTokens('DIRECTORY_READ')
  @Query(() => Person, {
    nullable: true,
    description:
      'Looks up a person by ID, including people whose employment has ended. Null if nobody in the organization has the ID.',
  })
  person(
    @Args('id', { type: () => ID, description: 'The ID of the person.' }, IdPipe) id: string,
    @Context() ctx: RequestContext,
  ): Promise<PersonRow | null> {
    return this.loader.byId(ctx).load(id);
  }

  @ForTokens('DIRECTORY_READ')
  @Query(() => PersonConnection, {
    nullable: true,
    description:
      'The people in the directory, ordered by name. All filters apply together. Null with NOT_PERMITTED for a filter that the viewer may not use.',
  })
  people(@Args() args: PeopleArgs, @ViewerOrToken() ctx: ViewerContext): Promise<Page<PersonRow>> {
    return this.service.page(ctx, args);
  }
}

@Resolver(() => Organization)
export class OrganizationPeopleResolver {
  constructor(private readonly service: PersonService) {}

  @ResolveField(() => PersonConnection, {
    nullable: true,
    description: 'The people in the directory, ordered by name; the same as `Query.people`.',
  })
  people(@Args() args: PeopleArgs, @ViewerOrToken() ctx: ViewerContext): Promise<Page<PersonRow>> {
    return this.service.page(ctx, args);
  }
}
