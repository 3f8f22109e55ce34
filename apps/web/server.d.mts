import type { FastifyInstance } from 'fastify';

export function createServer(options: {
  readonly apiUrl: string;
  readonly demoAccounts?: string | undefined;
}): Promise<FastifyInstance>;
