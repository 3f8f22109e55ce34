import {
  Catch,
  HttpException,
  InternalServerErrorException,
  Logger,
  NotFoundException,
  type ArgumentsHost,
} from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { GqlContextType } from '@nestjs/graphql';
import { errorForLog } from '#common';

/**
 * Replaces Nest's exception handling, which logs errors with messages and values.
 */
@Catch()
export class ApiExceptionFilter extends BaseExceptionFilter {
  private readonly logger = new Logger('HTTP');

  override catch(exception: unknown, host: ArgumentsHost): void {
    // formatError decides what the client and the log get.
    if (host.getType<GqlContextType>() === 'graphql') throw exception;
    if (exception instanceof HttpException) {
      super.catch(inOneForm(exception), host);
      return;
    }
    this.logger.error({ message: 'unexpected failure', ...errorForLog(exception) });
    super.catch(new InternalServerErrorException(), host);
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
