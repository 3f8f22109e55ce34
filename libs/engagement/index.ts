/** Pulses, and what is released of them as engagement trends. */
export { EngagementModule } from './engagement.module.js';
export { EngagementTasksModule } from './engagement-tasks.module.js';
export { questionsOfMonth } from './pulses/question-bank.js';
export { pulseMails } from './pulses/worker/pulse.mail.js';
export { TrendReleaser } from './trends/worker/trend-releaser.js';
export { TrendWorkerRepository } from './trends/worker/trend-worker.repository.js';
