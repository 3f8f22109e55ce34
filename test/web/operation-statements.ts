import { createServer, request as ask, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { STATEMENT_CHANNEL } from '../../libs/db/diagnostics.js';
import { inRequests, OF_TRANSACTION } from '../e2e/statements.js';

const NAME = 'x-operation-name';

export interface OperationStatements {
  /** The address of what passes requests on to the API. */
  readonly url: string;
  /** The most SQL statements that one request of each operation took so far, without what a transaction itself needs. */
  most(): Map<string, number>;
  close(): void;
}

/** Stands between the client and an API in this process, and counts the statements of each operation that passes. */
export async function countStatements(apiUrl: string): Promise<OperationStatements> {
  const counts = new Map<IncomingMessage, number>();
  const names = new Set<string>();
  const hear = (message: unknown, request: IncomingMessage): void => {
    const { text } = message as { text: string };
    if (NAME in request.headers && !OF_TRANSACTION.test(text)) {
      counts.set(request, (counts.get(request) ?? 0) + 1);
    }
  };
  const stop = inRequests(STATEMENT_CHANNEL, hear);
  const { hostname, port } = new URL(apiUrl);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const name = operationName(body);
      if (name !== undefined) names.add(name);
      const passed = ask(
        new URL(request.url ?? '/', apiUrl),
        {
          method: request.method,
          // A connection that was kept may be closed by the API in the same moment.
          agent: false,
          headers: { ...request.headers, ...(name !== undefined && { [NAME]: name }) },
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      passed.on('error', () => response.destroy());
      passed.end(body);
    });
  });
  // For the same reason, this process closes none that the server of the client keeps.
  server.keepAliveTimeout = 0;
  // Subscriptions, whose statements are not counted.
  server.on('upgrade', (request, socket, head) => {
    const passed = connect(Number(port), hostname, () => {
      const headers = request.rawHeaders.reduce(
        (lines, text, at) => (at % 2 === 0 ? `${lines}${text}: ` : `${lines}${text}\r\n`),
        '',
      );
      passed.write(`${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/1.1\r\n${headers}\r\n`);
      passed.write(head);
      passed.pipe(socket);
      socket.pipe(passed);
    });
    passed.on('error', () => socket.destroy());
    socket.on('error', () => passed.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    most: () => {
      const most = new Map(Array.from(names, (name) => [name, 0]));
      for (const [request, count] of counts) {
        const name = String(request.headers[NAME]);
        most.set(name, Math.max(count, most.get(name) ?? 0));
      }
      return most;
    },
    close: () => {
      stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

function operationName(body: Buffer): string | undefined {
  try {
    const { operationName: name } = JSON.parse(body.toString()) as { operationName?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
