import { createServer, type Server } from 'node:http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';

const PATH = '/metrics';

/** Serves metrics to Prometheus (text format 0.0.4) on a port separate from the API's. */
export class PrometheusEndpoint {
  /** Collects the metrics for each scrape. */
  readonly reader = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true });
  private server: Server | undefined;

  /** @throws Error with a code of the operating system, such as EADDRINUSE */
  async listen(host: string, port: number): Promise<void> {
    const server = createServer((request, response) => {
      if (request.method === 'GET' && request.url?.split('?')[0] === PATH) {
        this.reader.getMetricsRequestHandler(request, response);
      } else response.writeHead(request.url === PATH ? 405 : 404).end();
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
    this.server = server;
  }

  async close(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }
}
