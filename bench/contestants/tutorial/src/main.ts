/**
 * NestJS, Apollo Server and TypeORM as their own documentation teaches them: code first, entities that are GraphQL types, a field
 * resolver for each relation, DataLoaders made for each request, `find` with hydration, Express. Row-level security adds one thing: a
 * transaction for each operation, in which the caller is named. Apollo caches parsed and validated documents by itself.
 */
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT), '127.0.0.1');
