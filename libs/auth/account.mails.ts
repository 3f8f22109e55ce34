import { words, type MailTemplates, type MailContent } from '#mail';

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

/** A day in UTC as people write it: `3 May 2026`. */
function dayOf(moment: string): string {
  return new Date(moment).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

function passwordResetMail(link: string): MailContent {
  return words(
    'A new password for Mutual',
    'You or another person requested a new password for this address. Choose one here:',
    link,
    'The link works once, within 72 hours. If you did not request it, you can ignore this mail: your password stays the same.',
  );
}

/** @param revokedTokens labels of the API tokens that were revoked with it */
function passwordChangedMail(revokedTokens: readonly string[]): MailContent {
  return words(
    'Your password for Mutual was changed',
    'Your password was just changed, and every other device was signed out.',
    ...(revokedTokens.length > 0
      ? [
          'The API tokens that you had created were revoked too. Create new ones for the programs that need them:',
          revokedTokens.map((label) => `- ${label}`).join('\n'),
        ]
      : []),
    'If this was not you, request a new password on the sign-in page at once.',
  );
}

/** To the address that stays in use. @param newAddress the one that it would have changed to */
function addressChangeCancelledMail(newAddress: string): MailContent {
  return words(
    'Your sign-in address for Mutual was not changed',
    `A change to ${newAddress} was pending. It was cancelled, because your password was changed or your account was disabled.`,
    'If you still want to change your address, request it again once you are signed in.',
  );
}

function addressChangeMailToOld(
  newAddress: string,
  on: string,
  confirmLink: string,
  cancelLink: string,
): MailContent {
  return words(
    'Your sign-in address for Mutual is about to change',
    `A person who knows your password requested that you sign in with ${newAddress} from now on.`,
    'If this was you, confirm it here (the link works once, within 72 hours):',
    confirmLink,
    `If you do nothing, it changes on ${on}, seven days after the request.`,
    'If this was not you, cancel it here and change your password:',
    cancelLink,
  );
}

function addressChangeMailToNew(on: string, confirmLink: string): MailContent {
  return words(
    'Sign in to Mutual with this address',
    'A person requested to sign in to Mutual with this address from now on. If this was you, confirm it here:',
    confirmLink,
    `The link works once, within 72 hours. The address changes on ${on}, or as soon as the former address has confirmed too, unless the password was reset in the week before.`,
    'If this was not you, you can ignore this mail.',
  );
}

function addressChangedMail(newAddress: string): MailContent {
  return words(
    'Your sign-in address for Mutual has changed',
    `You now sign in with ${newAddress}. Every device was signed out.`,
  );
}
