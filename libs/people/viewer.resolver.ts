import { Context, Parent, Query, Resolver } from '@nestjs/graphql';
import { AnyViewer } from '#auth';
import { TOKEN_SCOPES, type Viewer } from '#db';
import { ForFormer, ForTokens, Operation, ResolveField } from '#graphql';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { Person } from './person.model.js';
import { ViewerModel } from './viewer.model.js';

@Resolver(() => ViewerModel)
export class ViewerResolver {
  constructor(private readonly people: PersonLoader) {}

  @ForTokens(...TOKEN_SCOPES)
  @ForFormer()
  @Query(() => ViewerModel, {
    nullable: true,
    description: 'Who is signed in. Null for an API token: no person is behind it.',
  })
  viewer(@AnyViewer() { personId, roles }: Viewer): ViewerModel | null {
    return personId === null ? null : { personId, roles };
  }

  @ResolveField(() => Person, { description: 'The person.' })
  person(@Parent() viewer: ViewerModel, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(viewer.personId);
  }
}
