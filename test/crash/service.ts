/** The API and the worker as child processes that can be killed, and what their client can know of a write. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Stop, projectEnvironment, projectNode, root, until } from '../../scripts/processes.mjs';
import { sendOperation, type Answer } from '../e2e/operation.js';
import type { Outcome } from './ledger.js';

/** How long a request may wait for its answer, in milliseconds. */
const ANSWER_WITHIN_MS = 15_000;

/** How long the service may take until it is ready, in milliseconds, before the drill gives up. */
const READY_WITHIN_MS = 180_000;

/** The codes of errors after which nothing was written; any other failure may have come after the commit. */
const REFUSALS = ['BAD_USER_INPUT', 'CONFLICT', 'NOT_FOUND', 'NOT_PERMITTED', 'RATE_LIMITED'];

/** `data` is there when the outcome is `acknowledged`. */
export interface Reply<Data> {
  readonly outcome: Outcome;
  readonly code?: string;
  readonly message?: string;
  readonly data?: Data;
}

/** Resolves when the process has ended. */
async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

export class Service {
  readonly url: string;
  /** The end of its log, which has errors only. */
  private output = '';
  private api: ChildProcess | undefined;
  private worker: ChildProcess | undefined;

  /** @param environment settings, with PORT */
  constructor(private readonly environment: Readonly<Record<string, string>> & { readonly PORT: string }) {
    this.url = `http://127.0.0.1:${environment.PORT}`;
  }

  start(): void {
    this.api = this.launch('api');
    this.worker = this.launch('worker');
  }

  private launch(app: 'api' | 'worker'): ChildProcess {
    const child = spawn(
      projectNode(),
      ['--import', './scripts/end-with-launcher.mjs', join(root, 'dist', 'apps', app, 'main.js')],
      { cwd: root, env: projectEnvironment(this.environment), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-20_000);
      });
    }
    return child;
  }

  /** Kill -9; resolves when the processes have ended. */
  async kill(): Promise<void> {
    await Promise.all([end(this.api, 'SIGKILL'), end(this.worker, 'SIGKILL')]);
  }

  /** Ends it as an operator does. */
  async stop(): Promise<void> {
    await Promise.all([end(this.api, 'SIGTERM'), end(this.worker, 'SIGTERM')]);
  }

  /** Waits until /ready returns 200. @throws Stop when that takes too long */
  async ready(): Promise<void> {
    let last = 'nothing';
    const isReady = async (): Promise<boolean> => {
      if (this.api?.exitCode !== null) throw new Stop(`The service ended by itself:\n${this.output}`);
      try {
        const response = await fetch(`${this.url}/ready`, { signal: AbortSignal.timeout(2_000) });
        last = await response.text();
        return response.status === 200;
      } catch (error) {
        last = String((error as Error).cause ?? error);
        return false;
      }
    };
    if (!(await until(isReady, READY_WITHIN_MS, 20))) {
      throw new Stop(
        `${this.output}\nThe service was not ready within ${READY_WITHIN_MS} ms; it returned: ${last}`,
      );
    }
  }

  /** Sends an operation and returns what its sender can know about it. */
  async send<Data extends object>(
    query: string,
    variables: Record<string, unknown>,
    token: string,
  ): Promise<Reply<Data>> {
    let answer: Answer<Data>;
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      answer = await sendOperation<Data>(this.url, query, variables, token, {}, signal);
    } catch {
      return { outcome: 'unknown', code: 'NO_ANSWER' };
    }
    const { data } = answer;
    const result = Object.values(data ?? {})[0] as { __typename?: string } | null | undefined;
    const [error] = answer.errors;
    if (error === undefined && data != null) {
      return result?.__typename === 'EditConflict'
        ? { outcome: 'refused', code: 'EDIT_CONFLICT' }
        : { outcome: 'acknowledged', data };
    }
    const { code = 'NO_DATA' } = error?.extensions ?? {};
    const outcome = REFUSALS.includes(code) && result == null ? 'refused' : 'unknown';
    return { outcome, code, ...(error && { message: error.message }) };
  }

  /** For reading. @throws Stop where there is an error */
  async ask<Data extends object>(
    query: string,
    variables: Record<string, unknown>,
    token: string,
  ): Promise<Data> {
    const { data, code = '', message = '' } = await this.send<Data>(query, variables, token);
    if (data === undefined) throw new Stop(`A query failed with ${code} ${message}\n${this.output}`);
    return data;
  }
}
