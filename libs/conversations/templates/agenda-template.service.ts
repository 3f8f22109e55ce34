import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation, type PersonContext } from '#db';
import { badInput, compareEdit, conflict, notFound, type EditConflict } from '#graphql';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { TalkingPointRepository } from '../agenda/talking-point.repository.js';
import { assertPlanned, WriteTargets } from '../agenda/write-target.js';
import type { AgendaTemplateRow } from './agenda-template.entity.js';
import type { ApplyAgendaTemplateInput, SaveAgendaTemplateInput } from './agenda-template.inputs.js';
import type { AgendaTemplatePayload } from './agenda-template.model.js';
import { AgendaTemplateRepository } from './agenda-template.repository.js';

/** They are returned as one list. Two concurrent requests can exceed this by one. */
const MOST_TEMPLATES = 20;

/** A person's own templates for agendas (docs/domain.md, Template). */
@Injectable()
export class AgendaTemplateService {
  constructor(
    private readonly database: Database,
    private readonly templates: AgendaTemplateRepository,
    private readonly points: TalkingPointRepository,
    private readonly targets: WriteTargets,
  ) {}

  /** The viewer's templates, by name. */
  list(ctx: PersonContext): Promise<AgendaTemplateRow[]> {
    return this.database.read(ctx, (em) => this.templates.findByOwner(em, ctx.viewer.personId));
  }

  /**
   * Creates or replaces a template. An edit that asks for what is stored changes nothing.
   *
   * @returns EditConflict where `version` is outdated
   * @throws NOT_FOUND; BAD_USER_INPUT for a name that is taken, or without a version; CONFLICT after 20 templates
   */
  async save(
    ctx: PersonContext,
    input: SaveAgendaTemplateInput,
  ): Promise<AgendaTemplatePayload | EditConflict> {
    try {
      return await (input.id == null ? this.create(ctx, input) : this.replace(ctx, input, input.id));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw badInput(
        'input.name',
        'is the name of another of your templates. Choose a different one.',
        'TAKEN',
      );
    }
  }

  /** @throws NOT_FOUND */
  async delete(ctx: PersonContext, id: string): Promise<void> {
    await this.database.write(ctx, async (em) => {
      if (!(await this.templates.delete(em, id))) throw notFound();
    });
  }

  /**
   * Adds the points of a template at the end of an agenda, as the viewer's drafts.
   *
   * @throws NOT_FOUND; BAD_USER_INPUT where the conversation is not planned; CONFLICT where the one-to-one is not open
   */
  apply(ctx: PersonContext, { id, conversationId }: ApplyAgendaTemplateInput): Promise<ConversationRow> {
    return this.database.write(ctx, async (em) => {
      const [template] = await this.templates.findByIds(em, [id]);
      if (!template) throw notFound();
      const { conversation } = await this.targets.lockConversation(em, conversationId);
      assertPlanned(conversation, 'input.conversationId');
      await this.points.insertDrafts(em, conversation, ctx.viewer.personId, template.points);
      return conversation;
    });
  }

  private create(
    ctx: PersonContext,
    { name, points }: SaveAgendaTemplateInput,
  ): Promise<AgendaTemplatePayload> {
    const { organizationId, personId: ownerId } = ctx.viewer;
    return this.database.write(ctx, async (em) => {
      if ((await this.templates.count(em, ownerId)) >= MOST_TEMPLATES) {
        throw conflict(`You have ${String(MOST_TEMPLATES)} templates. Delete one first.`);
      }
      const agendaTemplate = await this.templates.insert(em, { organizationId, ownerId, name, points });
      return { __typename: 'AgendaTemplatePayload', agendaTemplate };
    });
  }

  private replace(
    ctx: PersonContext,
    { name, points, version }: SaveAgendaTemplateInput,
    id: string,
  ): Promise<AgendaTemplatePayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      const stored = await this.templates.lock(em, id);
      if (!stored) throw notFound();
      if (version == null) throw badInput('input.version', 'is required with an id.', 'REQUIRED');
      const comparison = compareEdit(stored, version, { name, points });
      if (comparison === 'OUTDATED') return { __typename: 'EditConflict', current: stored };
      if (comparison === 'UNCHANGED') return { __typename: 'AgendaTemplatePayload', agendaTemplate: stored };
      await this.templates.update(em, stored, { name, points });
      const [agendaTemplate] = await this.templates.findByIds(em, [id]);
      if (!agendaTemplate) throw notFound();
      return { __typename: 'AgendaTemplatePayload', agendaTemplate };
    });
  }
}
