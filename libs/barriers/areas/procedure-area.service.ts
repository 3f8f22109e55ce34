import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, isForeignKeyViolation, isUniqueViolation } from '#db';
import {
  assertNoFaults,
  badInput,
  conflict,
  notFound,
  notPermitted,
  type DeleteInput,
  type DeletePayload,
  type InputFault,
  type PersonRequest,
} from '#graphql';
import { AuditTrail } from '#people';
import type { SetProcedureAreaInput } from './procedure-area.inputs.js';
import { ProcedureAreaRepository } from './procedure-area.repository.js';

const NO_AREA = 'No procedure area with this ID exists in your organization.';

/** ORGANIZATION_ADMIN manages procedure areas. */
@Injectable()
export class ProcedureAreaService {
  constructor(
    private readonly database: Database,
    private readonly areas: ProcedureAreaRepository,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Creates an area, or changes the one with this ID.
   *
   * @throws NOT_PERMITTED without the role; NOT_FOUND; BAD_USER_INPUT for a name that is taken, somebody who is not employed, a deputy
   * who is the answerer
   */
  async set(ctx: PersonRequest, { id, ...input }: SetProcedureAreaInput): Promise<void> {
    if (!ctx.viewer.roles.includes('ORGANIZATION_ADMIN')) {
      throw notPermitted('Only ORGANIZATION_ADMIN can create and change procedure areas.');
    }
    try {
      await this.database.write(ctx, (em) =>
        id == null ? this.create(em, ctx, input) : this.change(em, ctx, id, input),
      );
    } catch (error) {
      if (isUniqueViolation(error)) {
        throw badInput(
          'input.name',
          'is the name of another procedure area. Choose a different one.',
          'TAKEN',
        );
      }
      throw error;
    }
  }

  /** @throws NOT_PERMITTED without the role; NOT_FOUND; CONFLICT for an area with barriers */
  async delete(ctx: PersonRequest, { id }: DeleteInput): Promise<DeletePayload> {
    if (!ctx.viewer.roles.includes('ORGANIZATION_ADMIN')) {
      throw notPermitted('Only ORGANIZATION_ADMIN can delete procedure areas.');
    }
    await this.database.write(ctx, async (em) => {
      if (!(await this.areas.lock(em, id))) throw notFound(NO_AREA);
      const isDeleted = await this.areas.delete(em, id).catch((error: unknown) => {
        if (isForeignKeyViolation(error)) return false;
        throw error;
      });
      if (!isDeleted) {
        throw conflict('An area with barriers cannot be deleted. Rename it, or name other people for it.');
      }
      await this.record(em, ctx, id);
    });
    return { deletedId: id };
  }

  private async create(
    em: EntityManager,
    ctx: PersonRequest,
    { name, answererId, deputyId = null }: SetProcedureAreaInput,
  ): Promise<void> {
    const faults = [
      ...(name === undefined ? [required('input.name')] : []),
      ...(answererId === undefined ? [required('input.answererId')] : []),
      ...(await this.faultsOfPeople(em, answererId, deputyId)),
      ...sameTwice(answererId, deputyId),
    ];
    assertNoFaults(faults);
    const { organizationId } = ctx.viewer;
    const created = await this.areas.insert(em, { organizationId, name, answererId, deputyId });
    await this.record(em, ctx, created);
  }

  private async change(
    em: EntityManager,
    ctx: PersonRequest,
    id: string,
    input: SetProcedureAreaInput,
  ): Promise<void> {
    const stored = await this.areas.lock(em, id);
    if (!stored) throw notFound(NO_AREA);
    const { name = stored.name, answererId = stored.answererId, deputyId = stored.deputyId } = input;
    const faults = [
      // Somebody who is named already and has left meanwhile does not keep the rest from being changed.
      ...(await this.faultsOfPeople(
        em,
        answererId === stored.answererId ? undefined : answererId,
        deputyId === stored.deputyId ? null : deputyId,
      )),
      ...sameTwice(answererId, deputyId),
    ];
    assertNoFaults(faults);
    if (name === stored.name && answererId === stored.answererId && deputyId === stored.deputyId) return;
    await this.areas.update(em, id, { name, answererId, deputyId });
    await this.record(em, ctx, id);
  }

  private async faultsOfPeople(
    em: EntityManager,
    answererId: string | undefined,
    deputyId: string | null,
  ): Promise<InputFault[]> {
    const named = [
      { path: 'input.answererId', id: answererId },
      { path: 'input.deputyId', id: deputyId },
    ].filter(({ id }) => id != null);
    const employed = await this.areas.findEmployed(
      em,
      named.map(({ id }) => id ?? ''),
    );
    return named
      .filter(({ id }) => !employed.has(id ?? ''))
      .map(({ path }) => ({
        path,
        code: 'NOT_FOUND',
        message: 'is not the ID of somebody who is employed in your organization.',
      }));
  }

  private record(em: EntityManager, ctx: PersonRequest, id: string): Promise<void> {
    return this.trail.record(em, ctx, 'PROCEDURE_AREA_CHANGED', { type: 'Procedure area', id });
  }
}

function required(path: string): InputFault {
  return { path, code: 'REQUIRED', message: 'is required for a new procedure area.' };
}

function sameTwice(answererId: string | undefined, deputyId: string | null): InputFault[] {
  if (deputyId === null || deputyId !== answererId) return [];
  return [{ path: 'input.deputyId', code: 'DUPLICATE', message: 'must differ from the answerer.' }];
}
