/** Jobs: tasks of the worker, and how they are run. policies/03-jobs.sql queues them. */
export { JobTask, type Job, type JobHandler } from './job-task.js';
export { JobsModule } from './jobs.module.js';
export { QueueMonitor } from './queue-monitor.js';
