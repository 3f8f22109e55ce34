import {
  Catch,
  HttpException,
  InternalServerErrorException,
  Logger,
  type ArgumentsHost,
} from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { GqlContextType } from '@nestjs/graphql';
import { describe } from './failures.js';

/**
 * Takes the place of Nest's own handling of what is thrown, which writes the error as it is, words and values and all,
 * to the log.
 */
@Catch()
export class FailureFilter extends BaseExceptionFilter {
  private readonly logger = new Logger('HTTP');

  override catch(exception: unknown, host: ArgumentsHost): void {
    // formatError decides what the client and the log get.
    if (host.getType<GqlContextType>() === 'graphql') throw exception;
    if (exception instanceof HttpException) {
      super.catch(exception, host);
      return;
    }
    this.logger.error({ message: 'unexpected failure', ...describe(exception) });
    super.catch(new InternalServerErrorException(), host);
  }
}
