import type { Actor } from './actors.js';
import { unzip } from './unzip.js';

export interface ExportNode {
  readonly id: string;
  readonly requestedAt: string;
  readonly readyAt: string;
  readonly expiresAt: string;
  readonly url: string;
  readonly sha256: string;
}

const EXPORT = 'mutation { exportMyData { dataExport { id requestedAt readyAt expiresAt url sha256 } } }';

export async function requestExport(actor: Pick<Actor, 'get'>): Promise<ExportNode> {
  return (await actor.get<{ exportMyData: { dataExport: ExportNode } }>(EXPORT)).exportMyData.dataExport;
}

export function download(origin: string, path: string, token?: string): Promise<Response> {
  return fetch(
    `${origin}${path}`,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
}

/** What somebody exports now, by path. */
export async function exportOf(
  origin: string,
  actor: Pick<Actor, 'get' | 'token'>,
): Promise<Map<string, Buffer>> {
  const { url } = await requestExport(actor);
  const response = await download(origin, url, actor.token);
  if (!response.ok) throw new Error(`The download failed: ${String(response.status)}`);
  return unzip(Buffer.from(await response.arrayBuffer()));
}

export function json(files: Map<string, Buffer>, path: string): unknown {
  return JSON.parse(files.get(path)?.toString('utf8') ?? 'null');
}

/** All files as one text. */
export function everything(files: Map<string, Buffer>): string {
  return Array.from(files, ([path, content]) => `${path}\n${content.toString('utf8')}`).join('\n');
}
