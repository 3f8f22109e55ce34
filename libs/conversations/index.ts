/** One-to-ones, their conversations, and what the two people write in them. */
export { QuestionLanguage } from './questions/question.model.js';
export { ConversationsModule } from './conversations.module.js';
export { ConversationsTasksModule } from './conversations-tasks.module.js';
export { oneToOneMails } from './pairs/one-to-one.mail.js';
