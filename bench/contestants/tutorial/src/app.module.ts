import type { IncomingMessage } from 'node:http';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ActionItem } from './action-item.js';
import { Conversation } from './conversation.js';
import { ActionItemResolver, ConversationResolver } from './conversation.resolver.js';
import { Pair, PairRow } from './one-to-one.js';
import { OneToOneResolver } from './one-to-one.resolver.js';
import { openOperation, OperationPlugin } from './operation.js';
import { Person } from './person.js';
import { PersonResolver, ViewerResolver } from './person.resolver.js';
import { PersonalGoal, PersonalGoalOwn } from './personal-goal.js';
import { PersonalGoalResolver } from './personal-goal.resolver.js';
import { TalkingPoint, TalkingPointVersion } from './talking-point.js';
import { TalkingPointResolver } from './talking-point.resolver.js';
import { TalkingPointService } from './talking-point.service.js';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env.DATABASE_URL ?? '',
      poolSize: 10,
      // Fields that are resolved at the same time ask on one connection; else pg warns that queueing them is deprecated.
      extra: { pipeline: true },
      entities: [
        ActionItem,
        Conversation,
        Pair,
        PairRow,
        Person,
        PersonalGoal,
        PersonalGoalOwn,
        TalkingPoint,
        TalkingPointVersion,
      ],
    }),
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => ({
        autoSchemaFile: true,
        playground: false,
        context: ({ req }: { req: IncomingMessage }) => openOperation(dataSource, req.headers.authorization),
      }),
    }),
  ],
  providers: [
    ActionItemResolver,
    ConversationResolver,
    OneToOneResolver,
    OperationPlugin,
    PersonResolver,
    PersonalGoalResolver,
    TalkingPointResolver,
    TalkingPointService,
    ViewerResolver,
  ],
})
export class AppModule {}
