import { Injectable } from '@nestjs/common';
import {
  DEAD_LINK,
  type Device,
  hashNewPassword,
  hashToken,
  SessionService,
  type SignedIn,
  Throttle,
} from '#auth';
import { Database, isUniqueViolation, type PersonContext, type ViewerContext } from '#db';
import { badInput, conflict, notFound, type Page, type PageArguments } from '#graphql';
import { AuditTrail } from '../organization/audit.service.js';
import { requireRole } from '../organization/roles.js';
import type { InvitationRow } from './invitation.entity.js';
import { InvitationRepository, type Invitable } from './invitation.repository.js';

const PROBLEMS: Readonly<Record<NonNullable<Invitable['problem']>, string>> = {
  ACCOUNT: 'has an account already: nobody makes a link for them.',
  LEFT: 'has left.',
  NO_ADDRESS: 'has no e-mail address in the directory.',
};

/** How often somebody may be sent an invitation in a day, by the same PEOPLE_ADMIN. */
const INVITATIONS_A_DAY = 5;

/** How somebody gets their account: by a link that only they are sent. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationRepository,
    private readonly sessions: SessionService,
    private readonly trail: AuditTrail,
    private readonly throttle: Throttle,
  ) {}

  /** @throws NOT_PERMITTED */
  page(ctx: ViewerContext, page: PageArguments): Promise<Page<InvitationRow>> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    return this.database.read(ctx, (em) => this.invitations.findPage(em, ctx.viewer.organizationId, page));
  }

  /**
   * Invites all of them or nobody.
   *
   * @throws NOT_PERMITTED; BAD_USER_INPUT naming each who cannot be invited, and why; CONFLICT when one of them joined or
   * left at the same moment; RATE_LIMITED where one of them was sent enough
   */
  invite(ctx: PersonContext, personIds: readonly string[]): Promise<InvitationRow[]> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    return this.database.write(ctx, async (em) => {
      const found = new Map(
        (await this.invitations.findInvitable(em, personIds)).map((one) => [one.personId, one]),
      );
      const refused = personIds.flatMap((id, index) => {
        const person = found.get(id);
        const reason = person ? person.problem && PROBLEMS[person.problem] : 'is the id of nobody here.';
        return reason ? [{ path: `input.personIds.${String(index)}`, message: reason }] : [];
      });
      if (refused.length > 0) throw badInput(refused);
      await this.throttle.daily(em, 'invitation', personIds, INVITATIONS_A_DAY);

      const made = new Map((await this.invitations.invite(em, personIds)).map((one) => [one.personId, one]));
      const invited = personIds.map((id) => {
        const invitation = made.get(id);
        if (!invitation) throw conflict('Somebody among them joined or left at this moment. Try again.');
        return invitation;
      });
      await this.trail.record(
        em,
        ctx,
        'PERSON_INVITED',
        personIds.map((id) => `Person ${id}`),
      );
      return invited;
    });
  }

  /**
   * Uses a link: an account with this password, and its first session.
   *
   * @throws NOT_FOUND for a link that does not work; BAD_USER_INPUT for a password that breaks the rules, and the link
   * still works; CONFLICT where somebody signs in with that address already, which only its reader is told
   */
  async accept(token: string, password: string, device: Device): Promise<SignedIn> {
    const linkHash = hashToken(token);
    const { tried, account } = await this.database.write(null, (em) =>
      this.throttle.link(em, device, linkHash, () => this.invitations.findLink(em, linkHash)),
    );
    if (!account) throw notFound(DEAD_LINK);
    const passwordHash = await hashNewPassword(password, 'input.password', account.context);
    const opened = await this.sessions
      .open(null, device, async (em, session) => {
        const endsAt = await this.invitations.accept(em, linkHash, passwordHash, session);
        if (endsAt) await this.throttle.takeBack(em, tried);
        return endsAt;
      })
      .catch((error: unknown) => {
        if (!isUniqueViolation(error, 'account_sign_in_address_key')) throw error;
        throw conflict('Another account signs in with this address. Ask for an invitation to another one.');
      });
    if (!opened) throw notFound(DEAD_LINK);
    return opened;
  }
}
