import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  CurrentContext,
  DeleteInput,
  DeletePayload,
  notFound,
  RequestContext,
  type PersonRequest,
} from '#graphql';
import {
  Organization,
  OrganizationLoader,
  OrganizationPayload,
  Person,
  PersonLoader,
  type OrganizationRow,
  type PersonRow,
} from '#people';
import type { ProcedureAreaRow } from './procedure-area.entity.js';
import { SetProcedureAreaInput } from './procedure-area.inputs.js';
import { ProcedureAreaLoader } from './procedure-area.loader.js';
import { ProcedureArea } from './procedure-area.model.js';
import { ProcedureAreaService } from './procedure-area.service.js';

@Resolver(() => Organization)
export class OrganizationProcedureAreasResolver {
  constructor(
    private readonly service: ProcedureAreaService,
    private readonly loader: ProcedureAreaLoader,
    private readonly organizations: OrganizationLoader,
  ) {}

  @ResolveField(() => [ProcedureArea], {
    description:
      'The functions that procedures belong to, by name. Empty for API tokens and former employees.',
  })
  async procedureAreas(
    @Parent() organization: OrganizationRow,
    @Context() ctx: RequestContext,
  ): Promise<ProcedureAreaRow[]> {
    return (await this.loader.ofOrganization(ctx).load(organization.id)) ?? [];
  }

  @Mutation(() => OrganizationPayload, {
    description:
      'Creates or changes a procedure area: its name, who answers for it, and their deputy. Requires the role ORGANIZATION_ADMIN.',
  })
  async setProcedureArea(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The procedure area.' }) input: SetProcedureAreaInput,
  ): Promise<{ organization: OrganizationRow }> {
    await this.service.set(ctx, input);
    const organization = await this.organizations.byId(ctx).load(ctx.viewer.organizationId);
    if (!organization) throw notFound();
    return { organization };
  }

  @Mutation(() => DeletePayload, {
    description: 'Deletes a procedure area without barriers. Requires the role ORGANIZATION_ADMIN.',
  })
  deleteProcedureArea(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The procedure area to delete.' }) input: DeleteInput,
  ): Promise<DeletePayload> {
    return this.service.delete(ctx, input);
  }
}

@Resolver(() => ProcedureArea)
export class ProcedureAreaResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'The person who answers barriers of the area.' })
  answerer(@Parent() area: ProcedureAreaRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(area.answererId);
  }

  @ResolveField(() => Person, {
    nullable: true,
    description: 'The person who can answer as well. Null if nobody is named.',
  })
  deputy(@Parent() area: ProcedureAreaRow, @Context() ctx: RequestContext): Promise<PersonRow | null> | null {
    return area.deputyId === null ? null : this.people.byId(ctx).load(area.deputyId);
  }

  @ResolveField(() => Person, {
    nullable: true,
    description:
      'The person who has to answer now: the answerer, or the deputy once the answerer has left. Null once both have left; ORGANIZATION_ADMIN then names another answerer.',
  })
  currentAnswerer(
    @Parent() area: ProcedureAreaRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonRow | null> | null {
    return area.currentAnswererId === null ? null : this.people.byId(ctx).load(area.currentAnswererId);
  }
}
