import { words, type MailTemplates, type MailWords } from '#mail';

type Words = MailWords;

/** The mails about accounts, by kind (policies/20-accounts.sql queues them). */
export const accountMails: MailTemplates = {
  PASSWORD_RESET: {
    hasLink: true,
    write: (_about, link) => passwordResetMail(link('reset-password')),
  },
  PASSWORD_CHANGED: {
    hasLink: false,
    write: ({ revokedTokens = '' }) => passwordChangedMail(revokedTokens.split('\n').filter(Boolean)),
  },
  ADDRESS_CHANGE_CANCELLED: {
    hasLink: false,
    write: ({ newAddress = '' }) => addressChangeCancelledMail(newAddress),
  },
  ADDRESS_CHANGE_OLD: {
    hasLink: true,
    write: ({ newAddress = '', effectiveAt = '' }, link) =>
      addressChangeMailToOld(newAddress, dayOf(effectiveAt), link('confirm-address'), link('cancel-address')),
  },
  ADDRESS_CHANGE_NEW: {
    hasLink: true,
    write: ({ effectiveAt = '' }, link) =>
      addressChangeMailToNew(dayOf(effectiveAt), link('confirm-address')),
  },
  ADDRESS_CHANGED: { hasLink: false, write: ({ newAddress = '' }) => addressChangedMail(newAddress) },
};

/** A day as people read it, in UTC: `3 May 2026`. */
function dayOf(moment: string): string {
  return new Date(moment).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

function passwordResetMail(link: string): Words {
  return words(
    'A new password for Mutual',
    'Somebody asked for a new password for this address. Choose one here:',
    link,
    'The link works once, and for 72 hours. If it was not you, there is nothing to do: your password stays as it is.',
  );
}

/** @param revokedTokens labels of API tokens that ended with it */
function passwordChangedMail(revokedTokens: readonly string[]): Words {
  return words(
    'Your password for Mutual was changed',
    'Your password was changed just now, and every other device was signed out.',
    ...(revokedTokens.length > 0
      ? [
          'The API tokens that you had made were revoked as well. Create new ones where programs need them:',
          revokedTokens.map((label) => `- ${label}`).join('\n'),
        ]
      : []),
    'If it was not you, ask for a new password on the page for signing in, at once.',
  );
}

/** To the address that stays. @param newAddress that it would have changed to */
function addressChangeCancelledMail(newAddress: string): Words {
  return words(
    'Your address for signing in to Mutual was not changed',
    `A change to ${newAddress} was pending. It was cancelled, since your password was changed or your account was closed.`,
    'If you still want to change your address, request it again once you are signed in.',
  );
}

function addressChangeMailToOld(
  newAddress: string,
  on: string,
  confirmLink: string,
  cancelLink: string,
): Words {
  return words(
    'Your address for signing in to Mutual is about to change',
    `Somebody who knows your password asked that you sign in with ${newAddress} from now on.`,
    'If it was you, confirm it here (the link works once, and for 72 hours):',
    confirmLink,
    `If you do nothing, it changes on ${on}, seven days after it was asked.`,
    'If it was not you, stop it here, and change your password:',
    cancelLink,
  );
}

function addressChangeMailToNew(on: string, confirmLink: string): Words {
  return words(
    'Sign in to Mutual with this address',
    'Somebody asked to sign in to Mutual with this address from now on. If it was you, confirm it here:',
    confirmLink,
    `The link works once, and for 72 hours. The address changes on ${on}, or once the old one has confirmed too, unless the password was reset within a week before.`,
    'If it was not you, there is nothing to do.',
  );
}

function addressChangedMail(newAddress: string): Words {
  return words(
    'Your address for signing in to Mutual has changed',
    `You sign in with ${newAddress} now. Every device was signed out.`,
  );
}
