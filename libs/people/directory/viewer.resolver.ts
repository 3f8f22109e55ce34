import { Context, Parent, Query, Resolver } from '@nestjs/graphql';
import type { ViewerContext } from '#db';
import { RequestContext, ResolveField, ViewerOrToken } from '#graphql';
import { AllowFormerEmployees, ForTokens, TOKEN_SCOPES } from '#identity';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { Person } from './person.model.js';
import { ViewerModel } from './viewer.model.js';

@Resolver(() => ViewerModel)
export class ViewerResolver {
  constructor(private readonly people: PersonLoader) {}

  @ForTokens(...TOKEN_SCOPES)
  @AllowFormerEmployees()
  @Query(() => ViewerModel, {
    nullable: true,
    description: 'Who is signed in. Null for an API token: no person is behind it.',
  })
  viewer(@ViewerOrToken() { viewer: { personId, roles } }: ViewerContext): ViewerModel | null {
    return personId === null ? null : { personId, roles };
  }

  @ResolveField(() => Person, { description: 'The person.' })
  person(@Parent() viewer: ViewerModel, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(viewer.personId);
  }
}
