import type { Translation } from '../sections.ts';

export const messages: Translation<'sign-in'> = {
  'signIn.title': 'Anmelden',
  'signIn.what':
    'Ein Notizbuch für Gespräche zu zweit und für eigene Ziele. Wer deine Ziele liest, bestimmst du.',
  'signIn.email': 'E-Mail-Adresse',
  'signIn.password': 'Passwort',
  'signIn.submit': 'Anmelden',
  'signIn.forgot': 'Passwort vergessen?',
  'signIn.demo': 'Oder sieh dich um, als jemand aus der Demo-Organisation',
  'signIn.demoAs': '{name}, {role}',
  'signIn.wrong': 'Adresse und Passwort passen nicht zusammen. Prüfe beides und versuche es noch einmal.',
  'signIn.missing': 'Gib deine E-Mail-Adresse und dein Passwort ein.',
  'signIn.tooMany':
    '{minutes, plural, one {Zu viele Versuche. Versuche es in einer Minute wieder.} other {Zu viele Versuche. Versuche es in # Minuten wieder.}}',
};
