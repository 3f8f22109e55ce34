import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type PersonContext } from '#db';
import { badInput, compareEdit, notFound, notPermitted, type EditConflict } from '#graphql';
import { METRICS } from '../trend-metric.js';
import { ROOT_KEY } from '../trend.rules.js';
import type { TrendResponseRow } from './trend-response.entity.js';
import type { RespondToTrendInput, UpdateTrendResponseInput } from './trend-response.inputs.js';
import type { TrendResponsePayload } from './trend-response.model.js';
import { TrendResponseRepository } from './trend-response.repository.js';

const REFUSED = 'Only people with the role HR_ANALYST and the head of the group can do this.';

/** What is done about trends (docs/domain.md, TrendResponse). */
@Injectable()
export class TrendResponseService {
  constructor(
    private readonly database: Database,
    private readonly responses: TrendResponseRepository,
  ) {}

  /** @throws BAD_USER_INPUT; NOT_PERMITTED for everybody but HR_ANALYST and the head of the group */
  respond(ctx: PersonContext, input: RespondToTrendInput): Promise<TrendResponseRow> {
    const { organizationId, personId, roles } = ctx.viewer;
    if (input.metric != null && METRICS[input.metric].organizationOnly && input.group !== ROOT_KEY) {
      throw badInput(
        'input.metric',
        `must be a metric of the group: ${input.metric} exists for the organization only.`,
        'NOT_ALLOWED',
      );
    }
    return this.database.write(ctx, async (em) => {
      const quarter = await this.responses.findQuarter(em, organizationId, input);
      if (!quarter) {
        throw badInput('input.period', 'must be a released quarter, for example 2026-Q2.', 'NOT_FOUND');
      }
      if (!quarter.hasGroup) {
        throw badInput(
          'input.group',
          'must be the key of a group of this tree in that quarter.',
          'NOT_FOUND',
        );
      }
      if (!roles.includes('HR_ANALYST') && quarter.headId !== personId) throw notPermitted(REFUSED);
      await this.assertAhead(em, organizationId, input.dueOn);
      const { tree, group: groupKey, metric = null, text, dueOn } = input;
      const values = {
        organizationId,
        releaseId: quarter.id,
        tree,
        groupKey,
        metric,
        text,
        byId: personId,
        dueOn,
      };
      return this.read(em, await this.responses.insert(em, values));
    });
  }

  /**
   * An edit that asks for what is stored changes nothing.
   *
   * @returns EditConflict where `version` is outdated
   * @throws NOT_FOUND; NOT_PERMITTED for everybody but HR_ANALYST and the head of the group; BAD_USER_INPUT
   */
  update(
    ctx: PersonContext,
    { id, version, ...input }: UpdateTrendResponseInput,
  ): Promise<TrendResponsePayload | EditConflict> {
    return this.database.write(ctx, async (em) => {
      const mayChange = await this.responses.lock(em, id);
      const stored = await this.read(em, id);
      if (!mayChange) throw notPermitted(REFUSED);
      const comparison = compareEdit(stored, version, input);
      if (comparison === 'OUTDATED') return { __typename: 'EditConflict', current: stored };
      if (comparison === 'UNCHANGED') return { __typename: 'TrendResponsePayload', response: stored };
      const { text = stored.text, dueOn = stored.dueOn, state = stored.state } = input;
      const outcome = input.outcome === undefined ? stored.outcome : input.outcome;
      if (dueOn !== stored.dueOn) await this.assertAhead(em, ctx.viewer.organizationId, dueOn);
      if (state === 'NOT_DONE' && outcome === null) {
        throw badInput('input.outcome', 'must say why it was not done.', 'REQUIRED');
      }
      await this.responses.update(em, id, { text, dueOn, state, outcome });
      return { __typename: 'TrendResponsePayload', response: await this.read(em, id) };
    });
  }

  private async assertAhead(em: EntityManager, organizationId: string, day: string): Promise<void> {
    if (!(await this.responses.isAhead(em, organizationId, day))) {
      throw badInput('input.dueOn', 'must not be in the past.', 'OUT_OF_RANGE');
    }
  }

  private async read(em: EntityManager, id: string): Promise<TrendResponseRow> {
    const response = await this.responses.findById(em, id);
    if (!response) throw notFound();
    return response;
  }
}
