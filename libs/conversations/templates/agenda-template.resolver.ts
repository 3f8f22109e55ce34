import { Args, Mutation, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, DeleteInput, DeletePayload, type EditConflict } from '#graphql';
import { ViewerModel } from '#people';
import { ConversationPayload } from '../agenda/conversation.model.js';
import type { AgendaTemplateRow } from './agenda-template.entity.js';
import { ApplyAgendaTemplateInput, SaveAgendaTemplateInput } from './agenda-template.inputs.js';
import {
  AgendaTemplate,
  SaveAgendaTemplateResult,
  type AgendaTemplatePayload,
} from './agenda-template.model.js';
import { AgendaTemplateService } from './agenda-template.service.js';

@Resolver(() => AgendaTemplate)
export class AgendaTemplateMutationsResolver {
  constructor(private readonly service: AgendaTemplateService) {}

  @Mutation(() => SaveAgendaTemplateResult, {
    description: 'Creates or replaces one of the viewer’s templates, of which there can be 20.',
  })
  saveAgendaTemplate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The template to save.' }) input: SaveAgendaTemplateInput,
  ): Promise<AgendaTemplatePayload | EditConflict> {
    return this.service.save(ctx, input);
  }

  @Mutation(() => DeletePayload, {
    description: 'Deletes one of the viewer’s templates. Talking points that were added from it stay.',
  })
  async deleteAgendaTemplate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The template to delete.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.service.delete(ctx, id);
    return { deletedId: id };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Adds the talking points of one of the viewer’s templates at the end of the agenda of a planned conversation, as drafts.',
  })
  async applyAgendaTemplate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The template, and the conversation.' }) input: ApplyAgendaTemplateInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.apply(ctx, input) };
  }
}

@Resolver(() => ViewerModel)
export class ViewerAgendaTemplatesResolver {
  constructor(private readonly service: AgendaTemplateService) {}

  @ResolveField(() => [AgendaTemplate], {
    description: 'The viewer’s own templates for agendas, by name. At most 20.',
  })
  agendaTemplates(@CurrentContext() ctx: PersonContext): Promise<AgendaTemplateRow[]> {
    return this.service.list(ctx);
  }
}
