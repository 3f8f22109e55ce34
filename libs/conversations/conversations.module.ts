import { Module } from '@nestjs/common';

/** One-to-ones and their conversations; each noun adds its repository, service, loader and resolver here. */
@Module({})
export class ConversationsModule {}
