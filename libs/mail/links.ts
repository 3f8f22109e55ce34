import { Inject, Injectable } from '@nestjs/common';
import { MAIL_OPTIONS, type MailOptions } from './mail.options.js';

/** Addresses of the web client's pages, for mails. */
@Injectable()
export class Links {
  constructor(@Inject(MAIL_OPTIONS) private readonly options: Pick<MailOptions, 'publicUrl'>) {}

  /** A page for signed-in people; the link grants no access. */
  page(page: string): string {
    return `${this.options.publicUrl.replace(/\/+$/, '')}/${page}`;
  }

  /**
   * The page with a token behind `#`: a browser keeps that part to itself, so that no server, proxy or Referer header
   * learns the token.
   */
  to(page: string, token: string): string {
    return `${this.page(page)}#${token}`;
  }
}
