/** One-to-ones, their conversations, and what the two people write in them. */
export { ConversationsModule } from './conversations.module.js';
export { ConversationLoader } from './conversation.loader.js';
export { Conversation, ConversationConnection } from './conversation.model.js';
export { OneToOneLoader } from './one-to-one.loader.js';
export { OneToOne, OneToOneConnection } from './one-to-one.model.js';
