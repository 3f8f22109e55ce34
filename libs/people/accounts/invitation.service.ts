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
import { conflict, notFound, type Page, type PageArguments } from '#graphql';
import { AuditTrail } from '../organization/audit.service.js';
import { requireRole } from '../organization/role.rules.js';
import type { InvitationRow } from './invitation.entity.js';
import type { InvitationRefusalReason } from './invitation.model.js';
import { InvitationRepository } from './invitation.repository.js';
import type { RefusedPeople } from './invitation.rules.js';

/** How often a PEOPLE_ADMIN may invite the same person in a day. */
const INVITATIONS_A_DAY = 5;

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
   * Invites those who can be invited.
   *
   * @returns their invitations, in the order of `personIds`, and the others by the reason why they were not invited
   * @throws NOT_PERMITTED
   */
  invite(
    ctx: PersonContext,
    personIds: readonly string[],
  ): Promise<{ invitations: InvitationRow[]; refused: RefusedPeople }> {
    requireRole(ctx.viewer, 'PEOPLE_ADMIN');
    return this.database.write(ctx, async (em) => {
      const known = new Map(
        (await this.invitations.findInvitable(em, personIds)).map(({ personId, problem }) => [
          personId,
          problem,
        ]),
      );
      const invitable = personIds.filter((id) => known.get(id) === null);
      const tooOften = new Set(await this.throttle.dailyEach(em, 'invitation', invitable, INVITATIONS_A_DAY));
      const wanted = invitable.filter((id) => !tooOften.has(id));
      const made = new Map((await this.invitations.invite(em, wanted)).map((one) => [one.personId, one]));
      // Not made although it was possible: the person accepted an earlier invitation or left in between.
      const missed = wanted.filter((id) => !made.has(id));
      const afterwards = missed.length === 0 ? [] : await this.invitations.findInvitable(em, missed);
      for (const { personId, problem } of afterwards) known.set(personId, problem);
      const invitations = wanted.flatMap((id) => made.get(id) ?? []);
      await this.trail.record(
        em,
        ctx,
        'PERSON_INVITED',
        invitations.map(({ personId: id }) => ({ type: 'Person', id })),
      );
      const reasonOf = (id: string): InvitationRefusalReason =>
        tooOften.has(id) ? 'INVITED_TOO_OFTEN' : (known.get(id) ?? 'NOT_FOUND');
      const refused = Object.groupBy(
        personIds.filter((id) => !made.has(id)),
        reasonOf,
      );
      return { invitations, refused };
    });
  }

  /**
   * Creates an account with this password and opens its first session.
   *
   * @throws NOT_FOUND for a link that does not work; BAD_USER_INPUT for a password that breaks the rules, after which the link
   * still works; CONFLICT where another account signs in with the address, which only the reader of its mail can learn
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
        throw conflict(
          'Another account signs in with this address. Ask your administrator for an invitation to a different address.',
        );
      });
    if (!opened) throw notFound(DEAD_LINK);
    return opened;
  }
}
