import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, rows, scalar, sql } from '#db';
import type { TreeName } from '../release/types.js';
import type { DirectoryGroup, PeriodPerson, ReleaseGroup } from './trend-trees.js';

/** A period that is to be released. */
export interface DuePeriod {
  readonly periodId: string;
  readonly quarterId: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly periodKey: string;
  readonly granularity: 'MONTH' | 'QUARTER';
  readonly startsOn: string;
  readonly endsOn: string;
  readonly minimumGroupSize: number;
}

/** The value of one person. */
export interface UnitValue {
  readonly participant: number;
  readonly value: number;
  readonly reports: readonly number[] | null;
}

/** A figure to store. */
export interface ReleaseCell {
  readonly tree: TreeName;
  readonly key: string;
  readonly metric: string;
  readonly driver: string | null;
  readonly isReleased: boolean;
  readonly value: number | null;
  readonly bound: string | null;
  readonly roundedTo: number;
  readonly people: string | null;
  readonly definitionVersion: number;
}

/** The people of a figure, by their numbers. */
export interface FigurePeople {
  readonly tree: TreeName;
  readonly people: readonly number[];
}

/** Reads and writes of the worker, which can read no table: see policies/75-trends.sql and 76-trend-metrics.sql. */
@Injectable()
export class TrendWorkerRepository {
  due(em: EntityManager): Promise<DuePeriod[]> {
    return rows<DuePeriod>(
      em,
      sql`select period_id as "periodId", quarter_id as "quarterId", organization_id as "organizationId",
            organization_name as "organizationName", period_key as "periodKey", granularity, starts_on as "startsOn",
            ends_on as "endsOn", minimum_group_size as "minimumGroupSize"
          from app.due_trend_periods()`,
    );
  }

  /**
   * @returns the id of the release; null where the period is not the next that is due in its organization, or another worker is releasing one of
   *   the organization
   */
  async begin(em: EntityManager, { periodId }: DuePeriod): Promise<string | null> {
    const begun = await row<{ id: string | null }>(
      em,
      sql`select app.begin_trend_release(${periodId}::uuid) as id`,
    );
    return begun?.id ?? null;
  }

  groups(em: EntityManager, { periodId }: DuePeriod): Promise<DirectoryGroup[]> {
    return rows<DirectoryGroup>(
      em,
      sql`select tree, group_id as "groupId", parent_id as "parentId", name from app.trend_groups(${periodId}::uuid)`,
    );
  }

  async people(em: EntityManager, { periodId }: DuePeriod): Promise<PeriodPerson[]> {
    await row(em, sql`select app.register_trend_participants(${periodId}::uuid)`);
    return rows<PeriodPerson>(
      em,
      sql`select participant, department_id as "departmentId", location_id as "locationId", manager_id as "managerId"
          from app.trend_people(${periodId}::uuid) order by participant`,
    );
  }

  values(
    em: EntityManager,
    { periodId }: DuePeriod,
    { metric, driver }: { readonly metric: string; readonly driver: string | null },
  ): Promise<UnitValue[]> {
    return rows<UnitValue>(
      em,
      sql`select participant, value, reports from app.trend_values(${periodId}::uuid, ${metric}, ${driver}) order by participant`,
    );
  }

  /** Everybody who was asked a question of a driver, with their groups at that time. */
  askedGroups(em: EntityManager, { periodId }: DuePeriod, driver: string): Promise<PeriodPerson[]> {
    return rows<PeriodPerson>(
      em,
      sql`select participant, department_id as "departmentId", location_id as "locationId", manager_id as "managerId"
          from app.trend_answer_groups(${periodId}::uuid, ${driver})`,
    );
  }

  /** Everybody who can have a value of a metric about managers. */
  async managers(em: EntityManager, { periodId }: DuePeriod): Promise<number[]> {
    const found = await rows<{ participant: number }>(
      em,
      sql`select participant from app.trend_managers(${periodId}::uuid) participant order by participant`,
    );
    return found.map(({ participant }) => participant);
  }

  /** How many questions of a driver the period had. */
  async questions(em: EntityManager, { periodId }: DuePeriod, driver: string): Promise<number> {
    return (
      (await scalar<number>(em, sql`select app.trend_questions(${periodId}::uuid, ${driver}) as count`)) ?? 0
    );
  }

  async history(em: EntityManager, { periodId }: DuePeriod, population: string): Promise<number[][]> {
    const found = await rows<{ people: number[] }>(
      em,
      sql`select people from app.trend_history(${periodId}::uuid, ${population}) people`,
    );
    return found.map(({ people }) => people);
  }

  months(
    em: EntityManager,
    { quarterId }: DuePeriod,
    population: string,
  ): Promise<(FigurePeople & { readonly month: string })[]> {
    return rows<FigurePeople & { readonly month: string }>(
      em,
      sql`select month, tree, people from app.trend_months(${quarterId}::uuid, ${population}) order by month`,
    );
  }

  async addGroups(
    em: EntityManager,
    releaseId: string,
    { periodId }: DuePeriod,
    groups: readonly ReleaseGroup[],
  ): Promise<void> {
    await row(
      em,
      sql`select app.add_trend_groups(${releaseId}::uuid, ${periodId}::uuid, ${groups.map(({ tree }) => tree)}::text[],
            ${groups.map(({ key }) => key)}::text[], ${groups.map(({ label }) => label)}::text[],
            ${groups.map(({ parentKey }) => parentKey)}::text[], ${groups.map(({ headId }) => headId)}::uuid[])`,
    );
  }

  async addCells(
    em: EntityManager,
    releaseId: string,
    { organizationId }: DuePeriod,
    cells: readonly ReleaseCell[],
  ): Promise<void> {
    await row(
      em,
      sql`select app.add_trend_cells(${releaseId}::uuid, ${organizationId}::uuid, ${cells.map(({ tree }) => tree)}::text[],
            ${cells.map(({ key }) => key)}::text[], ${cells.map(({ metric }) => metric)}::text[],
            ${cells.map(({ driver }) => driver)}::text[],
            ${cells.map(({ isReleased }) => (isReleased ? 'RELEASED' : 'SUPPRESSED'))}::text[],
            ${cells.map(({ value }) => value)}::double precision[], ${cells.map(({ bound }) => bound)}::text[],
            ${cells.map(({ roundedTo }) => roundedTo)}::double precision[], ${cells.map(({ people }) => people)}::text[],
            ${cells.map(({ definitionVersion }) => definitionVersion)}::integer[])`,
    );
  }

  async addFigurePeople(
    em: EntityManager,
    releaseId: string,
    { organizationId }: DuePeriod,
    { population, purpose }: { readonly population: string; readonly purpose: 'LATER' | 'QUARTER' },
    figures: readonly FigurePeople[],
  ): Promise<void> {
    await row(
      em,
      sql`select app.add_trend_figure_people(${releaseId}::uuid, ${organizationId}::uuid, ${population}, ${purpose},
            ${figures.map(({ tree }) => tree)}::text[], ${figures.map(({ people }) => `{${people.join(',')}}`)}::text[])`,
    );
  }

  /** Completes the release; of a quarter, destroys what it was computed from. */
  async complete(em: EntityManager, releaseId: string, { periodId, granularity }: DuePeriod): Promise<void> {
    await row(em, sql`select app.complete_trend_release(${releaseId}::uuid, ${periodId}::uuid)`);
    if (granularity !== 'QUARTER') return;
    await row(em, sql`select app.forget_trend_months(${periodId}::uuid)`);
    await row(em, sql`select app.destroy_pulse_answers(${periodId}::uuid)`);
  }

  async forgetHistory(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.forget_trend_history() as count`)) ?? 0;
  }
}
