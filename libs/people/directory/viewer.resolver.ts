import { Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext, ViewerContext } from '#db';
import { CurrentContext, RequestContext, ViewerOrToken } from '#graphql';
import { AllowFormerEmployees, ForTokens, TOKEN_SCOPES } from '#identity';
import type { PersonRow } from './person.entity.js';
import { PersonLoader } from './person.loader.js';
import { Person } from './person.model.js';
import { PersonService } from './person.service.js';
import { toViewerModel, ViewerModel } from './viewer.model.js';

@Resolver(() => ViewerModel)
export class ViewerResolver {
  constructor(
    private readonly people: PersonLoader,
    private readonly service: PersonService,
  ) {}

  @ForTokens(...TOKEN_SCOPES)
  @AllowFormerEmployees()
  @Query(() => ViewerModel, {
    nullable: true,
    description: 'The signed-in person. Null for an API token, which represents no person.',
  })
  viewer(@ViewerOrToken() ctx: ViewerContext): ViewerModel | null {
    const { personId, roles } = ctx.viewer;
    return personId === null ? null : toViewerModel({ personId, roles });
  }

  @ResolveField(() => Person, { description: "The viewer's own entry in the directory." })
  person(@Parent() viewer: ViewerModel, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(viewer.personId);
  }

  @ResolveField(() => Boolean, {
    description:
      'Whether the viewer is reminded of one-to-ones by mail, a day before and after one that nobody has logged, and that a pulse is open. Reminders contain who and when, never what was written. True unless `updateMyProfile` turned them off.',
  })
  async remindersByMail(@Parent() viewer: ViewerModel, @Context() ctx: RequestContext): Promise<boolean> {
    return (await this.people.remindersByMail(ctx).load(viewer.personId)) ?? true;
  }

  @ResolveField(() => Date, {
    nullable: true,
    description:
      'Until when the viewer can sign in after the end of their employment, to read, export and erase their own goals. Null while they are employed.',
  })
  accessEndsAt(@CurrentContext() ctx: PersonContext): Promise<Date | null> {
    return this.service.accessEndsAt(ctx);
  }
}
