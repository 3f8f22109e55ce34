import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, row, scalar, sql } from '#db';

/** The state of the queue. */
export interface QueueState {
  /** Jobs whose time has come, or that are running. */
  readonly due: number;
  /** How long the first of them has been due, in seconds; 0 without any. */
  readonly oldestSeconds: number;
  /** Jobs whose last attempt has failed. */
  readonly givenUp: number;
}

/** The tables of graphile-worker, with the worker's login. Its library fetches and completes jobs; this is what it lacks. */
@Injectable()
export class JobQueueRepository {
  /** Locks the job until the transaction ends, so that it is not released meanwhile. @returns whether `holder` holds it */
  async lockHeld(em: EntityManager, jobId: string, holder: string): Promise<boolean> {
    const found = await row(
      em,
      sql`select id from graphile_worker._private_jobs where id = ${jobId}::bigint and locked_by = ${holder} for update`,
    );
    return found !== undefined;
  }

  /**
   * Releases the jobs of processes that have died, which graphile-worker would do after four hours. Each process holds the advisory lock
   * of its id (LockConnection) before it takes a job and as long as it lives.
   *
   * @returns how many such processes there were
   */
  async releaseOfDead(em: EntityManager): Promise<number> {
    return (
      (await scalar<number>(
        em,
        sql`with holder as materialized (
            select locked_by as id from graphile_worker._private_jobs where locked_by is not null
            union
            select locked_by from graphile_worker._private_job_queues where locked_by is not null
          ), dead as materialized (
            select id from holder where pg_try_advisory_xact_lock(hashtextextended(id, 0))
          )
          select cardinality(ids) as dead, graphile_worker.force_unlock_workers(ids)
          from (select array_agg(id) from dead) found (ids) where ids is not null`,
      )) ?? 0
    );
  }

  async state(em: EntityManager): Promise<QueueState> {
    const found = await row<QueueState>(
      em,
      sql`select count(*) filter (where attempts < max_attempts or locked_at is not null)::int as due,
            coalesce(extract(epoch from now() - min(run_at) filter (where attempts < max_attempts or locked_at is not null)), 0)::float8
              as "oldestSeconds",
            count(*) filter (where attempts >= max_attempts and locked_at is null and last_error is not null)::int as "givenUp"
          from graphile_worker._private_jobs where run_at <= now() or attempts >= max_attempts`,
    );
    return found ?? { due: 0, oldestSeconds: 0, givenUp: 0 };
  }

  /** Deletes jobs whose last attempt failed a week ago, and those that a newer run of a periodic task has replaced. @returns how many */
  deleteGivenUp(em: EntityManager): Promise<number> {
    return affected(
      em,
      sql`delete from graphile_worker._private_jobs
          where attempts >= max_attempts and locked_at is null
            and (run_at < now() - interval '7 days' or last_error is null)`,
    );
  }
}
