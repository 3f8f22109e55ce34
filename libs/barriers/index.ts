/** Procedure areas, barriers, their answers, and stories. */
export { BarriersModule } from './barriers.module.js';
export type { BarrierRow } from './barriers/barrier.entity.js';
export { BarrierLoader } from './barriers/barrier.loader.js';
export { Barrier } from './barriers/barrier.model.js';
export { BarrierRepository } from './barriers/barrier.repository.js';
export { barrierMails } from './worker/barrier.mail.js';
export { BarrierJobs } from './worker/barrier-jobs.js';
export { BarriersWorkerModule } from './worker/barriers-worker.module.js';
