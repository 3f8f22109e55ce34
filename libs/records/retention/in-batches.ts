import type { EntityManager } from 'typeorm';
import type { Job } from '#jobs';

/** One transaction for each batch, until one is not full. @returns how many were deleted */
export async function inBatches(
  job: Job,
  size: number,
  deleteBatch: (em: EntityManager) => Promise<number>,
): Promise<number> {
  let total = 0;
  for (let deleted = size; deleted === size; total += deleted) {
    job.signal.throwIfAborted();
    deleted = await job.write(deleteBatch);
  }
  return total;
}
