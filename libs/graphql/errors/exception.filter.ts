import { Catch, HttpException, NotFoundException, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { GqlContextType } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toApiError } from './error-mapping.js';
import type { ErrorCode } from './errors.js';

/** The status of other routes than GraphQL's for an error code. All others are 400. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  UNAUTHENTICATED: 401,
  NOT_PERMITTED: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/**
 * Replaces Nest's exception handling, which logs errors with messages and values.
 */
@Catch()
export class ApiExceptionFilter extends BaseExceptionFilter {
  override catch(exception: unknown, host: ArgumentsHost): void {
    // formatError decides what the client and the log get.
    if (host.getType<GqlContextType>() === 'graphql') throw exception;
    if (exception instanceof HttpException) {
      super.catch(inOneForm(exception), host);
      return;
    }
    const http = host.switchToHttp();
    const { code, message, extensions } = toApiError(exception, {
      requestId: http.getRequest<FastifyRequest>().id,
    });
    const { retryAfter } = extensions;
    const reply = http.getResponse<FastifyReply>();
    if (code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer');
    if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
    super.catch(
      new HttpException({ errors: [{ message, extensions: { code } }] }, STATUS[code] ?? 400),
      host,
    );
  }
}

/** Unknown routes get our own message: the framework's identifies the framework and repeats what was sent. */
function inOneForm(exception: HttpException): HttpException {
  const status = exception.getStatus();
  if (status >= 500) return exception;
  const error =
    exception instanceof NotFoundException
      ? { message: 'There is nothing at this address.', extensions: { code: 'NOT_FOUND' } }
      : { message: 'This request is malformed.', extensions: { code: 'BAD_REQUEST' } };
  return new HttpException({ errors: [error] }, status);
}
