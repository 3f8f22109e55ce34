export const messages = {
  'account.email': 'E-mail address',
  'account.email.wrong': 'Enter the e-mail address that you sign in with.',
  'account.toSignIn': 'Go to the sign-in page',
  'account.noLink': 'The link from your mail is missing',
  'account.noLinkText':
    'This page works only when it is opened with the link of a mail from Mutual. If you loaded it again, open the link once more.',
  'account.deadLink': 'This link no longer works',

  'account.password.new': 'New password',
  'account.password.rule':
    'At least 12 characters. A few words that do not belong together are easy to remember.',
  'account.password.short': 'Your password needs at least 12 characters.',
  'account.password.refused': 'Choose another one: this is too common, or made of your name or address.',

  'account.invitation.title': 'Welcome to Mutual',
  'account.invitation.text':
    'Choose a password. Only you know it: nobody in your organization can read or change it.',
  'account.invitation.submit': 'Create my account',
  'account.invitation.dead':
    'A link works once, within 72 hours. If you have chosen a password already, sign in. Otherwise ask the people who invited you for another invitation.',

  'account.forgot.title': 'Forgot your password?',
  'account.forgot.text': 'We send you a link with which you choose a new one.',
  'account.forgot.submit': 'Send me a mail',
  'account.forgot.sent': 'Check your mail',
  'account.forgot.sentText':
    'If <address>{email}</address> belongs to an account, a mail was sent to it just now. Its link works once, within 72 hours.',
  'account.forgot.nothing':
    'If none arrives within a few minutes, look in your spam folder, and check whether this is the address that you sign in with.',
  'account.forgot.development':
    'This is a development installation: mails are stored as files in the folder .data/mail.',
  'account.forgot.other': 'Use another address',

  'account.reset.title': 'Choose a new password',
  'account.reset.text': 'Every other device is signed out.',
  'account.reset.also':
    'If a change of your sign-in address is under way, it is cancelled. Access that you created for other programs (API tokens) ends too.',
  'account.reset.submit': 'Save the password and sign in',
  'account.reset.dead': 'A link works once, within 72 hours, and only the latest one. Ask for another mail.',
  'account.reset.again': 'Ask for another mail',

  'account.address.title': 'Confirm your sign-in address',
  'account.address.text':
    'You, or a person who knows your password, asked to change the address with which you sign in. If it was you, confirm it.',
  'account.address.submit': 'Confirm the change',
  'account.address.changed': 'Your sign-in address has changed',
  'account.address.changedText':
    'From now on, sign in with the new address. Every device was signed out, this one too.',
  'account.address.confirmed': 'Confirmed, one step left',
  'account.address.waitsOld':
    'You will sign in with <address>{email}</address> as soon as the former address has confirmed it too, and on {day} at the latest.',
  'account.address.waitsNew':
    'You will sign in with <address>{email}</address> as soon as that address has confirmed it too: open the link in the mail that was sent there.',
  'account.address.dead':
    'A link works once, within 72 hours. The change may have taken effect already, or was cancelled.',
  'account.address.toMe': 'See your sign-in address',

  'account.cancel.title': 'Cancel the change of your address?',
  'account.cancel.text':
    'Somebody who knows your password asked to change the address with which you sign in. If it was not you, cancel the change: the address stays as it is.',
  'account.cancel.submit': 'Cancel the change',
  'account.cancel.done': 'The change was cancelled',
  'account.cancel.doneText':
    'You sign in with the same address as before. The request was made with your password: choose a new one now.',
  'account.cancel.toPassword': 'Choose a new password',
} as const;
