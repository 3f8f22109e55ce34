import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql, type Values } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { StoryEntity, type StoryRow } from './story.entity.js';

const story = sql`${columns(StoryEntity, 's')}, author.person_id as "authorId", author.named`;
const stories = sql`story s left join story_author author on author.story_id = s.id`;
const order = [
  { expression: sql`s.created_on`, type: 'date', direction: 'desc' },
  { expression: sql`s.id`, type: 'uuid', direction: 'desc' },
] as const;
const newestFirst = keyset('stories', ...order);
const newestOfBarrier = keyset('storiesOfBarrier', ...order);

@Injectable()
export class StoryRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<StoryRow[]> {
    return rows<StoryRow>(em, sql`select ${story} from ${stories} where s.id = any(${ids}::uuid[])`);
  }

  findById(em: EntityManager, id: string): Promise<StoryRow | undefined> {
    return row<StoryRow>(em, sql`select ${story} from ${stories} where s.id = ${id}`);
  }

  async findPage(em: EntityManager, organizationId: string, page: PageArguments): Promise<Page<StoryRow>> {
    const found = await rows<StoryRow & Keyed>(
      em,
      sql`select ${story}, ${newestFirst.key} from ${stories}
          where s.organization_id = ${organizationId} and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
    );
    return newestFirst.page(found, page);
  }

  /** The stories of each barrier, newest first. */
  async findPagesByBarriers(
    em: EntityManager,
    barrierIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<StoryRow>>> {
    const found = await rows<StoryRow & Keyed & OfParent>(
      em,
      eachParent(
        barrierIds,
        sql`
          select ${story}, ${newestOfBarrier.key} from ${stories}
          where s.barrier_id = parent.id and ${newestOfBarrier.where(page)}
          order by ${newestOfBarrier.orderBy(page)} limit ${newestOfBarrier.limit(page)}`,
      ),
    );
    return newestOfBarrier.pages(found, page);
  }

  /** Adds a story; a trigger stores its author. @returns the id */
  async insert(em: EntityManager, values: Values<StoryEntity>): Promise<string> {
    const inserted = await row<{ id: string }>(em, sql`${insertInto(StoryEntity, values)} returning id`);
    if (!inserted) throw new Error('an inserted story came back without its id');
    return inserted.id;
  }

  /** Deletes the story with its adoptions. @returns false for a story of somebody else */
  async delete(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from story where id = ${id}`)) > 0;
  }

  /** Sets whether everybody sees the author. @returns false for a story of somebody else */
  async setNamed(em: EntityManager, id: string, named: boolean): Promise<boolean> {
    return (await affected(em, sql`update story_author set named = ${named} where story_id = ${id}`)) > 0;
  }

  /** The number of people who adopted each story; without those of which there are fewer than the minimum group. */
  async countAdopters(em: EntityManager, storyIds: readonly string[]): Promise<Map<string, number>> {
    const found = await rows<{ storyId: string; people: number }>(
      em,
      sql`select story_id as "storyId", people from app.story_adopters(${storyIds}::uuid[])`,
    );
    return new Map(found.map(({ storyId, people }) => [storyId, people]));
  }

  /** Which of these stories the viewer adopted. Other people's adoptions are hidden. */
  async findAdopted(em: EntityManager, storyIds: readonly string[]): Promise<Map<string, true>> {
    const found = await rows<{ storyId: string }>(
      em,
      sql`select a.story_id as "storyId" from story_adoption a where a.story_id = any(${storyIds}::uuid[])`,
    );
    return new Map(found.map(({ storyId }) => [storyId, true]));
  }

  /** Does nothing where the person adopted it already. */
  async addAdoption(
    em: EntityManager,
    storyId: string,
    { personId, organizationId }: { readonly personId: string; readonly organizationId: string },
  ): Promise<void> {
    await affected(
      em,
      sql`insert into story_adoption (story_id, person_id, organization_id)
          values (${storyId}, ${personId}, ${organizationId}) on conflict do nothing`,
    );
  }

  async removeAdoption(em: EntityManager, storyId: string, personId: string): Promise<void> {
    await affected(
      em,
      sql`delete from story_adoption where story_id = ${storyId} and person_id = ${personId}`,
    );
  }
}
