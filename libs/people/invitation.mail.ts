import type { Mail } from '#mail';

/** What is sent to whoever is invited; the purpose is the organization's sentence about what Mutual is never used for. */
export function invitationMail(
  name: string,
  organization: { readonly name: string; readonly purpose: string },
  link: string,
): Omit<Mail, 'to'> {
  return {
    subject: `Your invitation to Mutual at ${organization.name}`,
    text:
      [
        `Hello ${name},`,
        `${organization.name} invites you to Mutual, where you keep your own goals, and talk about them with whom you choose.`,
        organization.purpose,
        'Choose a password here:',
        link,
        'The link works once, and for 72 hours. Nobody else has it, and nobody sets your password but you.',
        '',
      ]
        .join('\n\n')
        .trimEnd() + '\n',
  };
}
