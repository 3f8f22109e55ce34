export const messages = {
  'signIn.title': 'Sign in',
  'signIn.what': 'A notebook for one-to-ones and for goals of your own. You choose who reads your goals.',
  'signIn.email': 'E-mail address',
  'signIn.password': 'Password',
  'signIn.submit': 'Sign in',
  'signIn.forgot': 'Forgot your password?',
  'signIn.demo': 'Or look around as one of the people of the demo organization',
  'signIn.demoAs': '{name}, {role}',
  'signIn.wrong': 'This address and password do not belong together. Check both, and try again.',
  'signIn.missing': 'Enter your e-mail address and your password.',
  'signIn.tooMany':
    '{minutes, plural, one {Too many attempts. Try again in a minute.} other {Too many attempts. Try again in # minutes.}}',
} as const;
