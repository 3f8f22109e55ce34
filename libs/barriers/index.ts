/** Procedure areas, barriers, their answers, and stories. */
export { BarriersModule } from './barriers.module.js';
export { BarrierLoader } from './barriers/barrier.loader.js';
export { barrierMails } from './worker/barrier.mail.js';
export { BarriersTasksModule } from './barriers-tasks.module.js';
