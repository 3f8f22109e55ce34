/** The limit's server: see index.ts. */
import { createHash } from 'node:crypto';
import { fastify, type FastifyReply, type FastifyRequest } from 'fastify';
import pg from 'pg';
import { addPoint, myGoals, prepare, suggest, type Statement } from './statements.ts';

/** As many as every contestant has. */
const CONNECTIONS = 10;

/** A connection with the number of statements that it has not answered yet. */
interface Connection {
  readonly client: pg.Client;
  waiting: number;
}

const connections = await Promise.all(
  Array.from({ length: CONNECTIONS }, async (): Promise<Connection> => {
    const client = new pg.Client({
      connectionString: process.env.DATABASE_URL,
      // Statements go out without waiting for the answers to those before them.
      pipeline: true,
      // Generic plans: planned once for every caller.
      options: '-c plan_cache_mode=force_generic_plan',
    });
    await client.connect();
    return { client, waiting: 0 };
  }),
);

/** The one with the least to do, the first of those: a few that are warm serve better than many that are not. */
function leastBusy(): Connection {
  let [best] = connections;
  for (const one of connections) {
    if (one.waiting === 0) return one;
    if (best === undefined || one.waiting < best.waiting) best = one;
  }
  if (best === undefined) throw new Error('There are no connections.');
  return best;
}

/** The result of a statement with one row and one text, in a separate transaction. */
async function answer({ name, text }: Statement, values: unknown[]): Promise<string | null> {
  const connection = leastBusy();
  connection.waiting += 1;
  try {
    const { rows } = await connection.client.query<[string | null]>({ name, text, values, rowMode: 'array' });
    return rows[0]?.[0] ?? null;
  } finally {
    connection.waiting -= 1;
  }
}

/** What identifies the caller to the policies; '' is an anonymous caller. */
function sessionHash({ headers: { authorization = '' } }: FastifyRequest): string {
  return authorization.startsWith('Bearer ')
    ? createHash('sha256').update(authorization.slice(7)).digest('hex')
    : '';
}

function send(reply: FastifyReply, body: string | null): FastifyReply {
  if (body === null) return reply.code(404).send({ errors: [{ message: 'There is no such thing.' }] });
  return reply.header('content-type', 'application/json; charset=utf-8').send(body);
}

interface NewPoint {
  readonly input: { readonly conversationId: string; readonly text: string; readonly draft: boolean };
}

const server = fastify({ logger: false });

server.post('/Q1', async (request: FastifyRequest<{ Body: { id: string } }>, reply) =>
  send(reply, await answer(prepare, [sessionHash(request), request.body.id])),
);
server.post('/Q4', async (request: FastifyRequest<{ Body: { id: string } }>, reply) =>
  send(reply, await answer(suggest, [sessionHash(request), request.body.id])),
);
server.post('/Q2', async (request, reply) => send(reply, await answer(myGoals, [sessionHash(request)])));
server.post('/Q3', async (request: FastifyRequest<{ Body: NewPoint }>, reply) => {
  const { conversationId, text, draft } = request.body.input;
  if (text.trim() === '') return reply.code(400).send({ errors: [{ message: 'The text is blank.' }] });
  return send(reply, await answer(addPoint, [sessionHash(request), conversationId, text, draft]));
});

process.on('SIGTERM', () => process.exit(0));
await server.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
