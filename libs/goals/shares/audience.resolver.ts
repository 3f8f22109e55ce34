import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestContext } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import { AudienceMember } from './audience.model.js';

@Resolver(() => AudienceMember)
export class AudienceMemberResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, {
    nullable: true,
    description: 'The person. Null for the whole organization.',
  })
  person(@Parent() member: AudienceMember, @Context() ctx: RequestContext): Promise<PersonRow | null> | null {
    return member.personId === null ? null : this.people.byId(ctx).load(member.personId);
  }
}
