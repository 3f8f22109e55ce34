import type { Translation } from '../sections.ts';

export const messages: Translation<'account'> = {
  'account.email': 'E-Mail-Adresse',
  'account.email.wrong': 'Gib die E-Mail-Adresse ein, mit der du dich anmeldest.',
  'account.toSignIn': 'Zur Anmeldung',
  'account.noLink': 'Der Link aus deiner E-Mail fehlt',
  'account.noLinkText':
    'Diese Seite funktioniert nur über den Link in einer E-Mail von Mutual. Wenn du sie neu geladen hast, öffne den Link noch einmal.',
  'account.deadLink': 'Dieser Link gilt nicht mehr',

  'account.password.new': 'Neues Passwort',
  'account.password.rule':
    'Mindestens 12 Zeichen. Ein paar Wörter, die nicht zusammengehören, merkt man sich leicht.',
  'account.password.short': 'Das Passwort braucht mindestens 12 Zeichen.',
  'account.password.refused':
    'Wähle ein anderes: Dieses ist zu verbreitet oder besteht aus deinem Namen oder deiner Adresse.',

  'account.invitation.title': 'Willkommen bei Mutual',
  'account.invitation.text':
    'Wähle ein Passwort. Nur du kennst es: Niemand in deiner Organisation kann es lesen oder ändern.',
  'account.invitation.submit': 'Konto anlegen',
  'account.invitation.dead':
    'Ein Link gilt einmal, 72 Stunden lang. Wenn du schon ein Passwort gewählt hast, melde dich an. Sonst lass dir eine neue Einladung schicken.',

  'account.forgot.title': 'Passwort vergessen?',
  'account.forgot.text': 'Du bekommst eine E-Mail mit einem Link, über den du ein neues wählst.',
  'account.forgot.submit': 'E-Mail schicken',
  'account.forgot.sent': 'Schau in dein Postfach',
  'account.forgot.sentText':
    'Wenn <address>{email}</address> zu einem Konto gehört, ging gerade eine E-Mail dorthin. Der Link darin gilt einmal, 72 Stunden lang.',
  'account.forgot.nothing':
    'Wenn in ein paar Minuten keine ankommt, schau im Spam-Ordner nach und prüfe, ob du dich mit dieser Adresse anmeldest.',
  'account.forgot.development':
    'Dies ist eine Entwicklungsumgebung: E-Mails liegen als Dateien im Ordner .data/mail.',
  'account.forgot.other': 'Andere Adresse verwenden',

  'account.reset.title': 'Neues Passwort wählen',
  'account.reset.text': 'Alle anderen Geräte werden abgemeldet.',
  'account.reset.also':
    'Eine laufende Änderung deiner Anmeldeadresse wird abgebrochen. Auch Zugänge, die du für andere Programme angelegt hast (API-Token), enden.',
  'account.reset.submit': 'Passwort speichern und anmelden',
  'account.reset.dead':
    'Ein Link gilt einmal, 72 Stunden lang, und nur der neueste. Fordere eine neue E-Mail an.',
  'account.reset.again': 'Neue E-Mail anfordern',

  'account.address.title': 'Anmeldeadresse bestätigen',
  'account.address.text':
    'Du oder jemand, der dein Passwort kennt, hat darum gebeten, die Adresse zu ändern, mit der du dich anmeldest. Wenn du das warst, bestätige es.',
  'account.address.submit': 'Änderung bestätigen',
  'account.address.changed': 'Deine Anmeldeadresse ist geändert',
  'account.address.changedText':
    'Melde dich ab jetzt mit der neuen Adresse an. Alle Geräte wurden abgemeldet, auch dieses.',
  'account.address.confirmed': 'Bestätigt, ein Schritt fehlt noch',
  'account.address.waitsOld':
    'Du meldest dich mit <address>{email}</address> an, sobald auch die bisherige Adresse bestätigt hat, spätestens am {day}.',
  'account.address.waitsNew':
    'Du meldest dich mit <address>{email}</address> an, sobald auch diese Adresse bestätigt hat: Öffne den Link in der E-Mail, die dorthin ging.',
  'account.address.dead':
    'Ein Link gilt einmal, 72 Stunden lang. Vielleicht ist die Änderung schon wirksam, oder sie wurde abgebrochen.',
  'account.address.toMe': 'Anmeldeadresse ansehen',

  'account.cancel.title': 'Änderung deiner Adresse abbrechen?',
  'account.cancel.text':
    'Jemand, der dein Passwort kennt, hat darum gebeten, die Adresse zu ändern, mit der du dich anmeldest. Wenn du das nicht warst, brich die Änderung ab: Die Adresse bleibt, wie sie ist.',
  'account.cancel.submit': 'Änderung abbrechen',
  'account.cancel.done': 'Die Änderung ist abgebrochen',
  'account.cancel.doneText':
    'Du meldest dich mit derselben Adresse an wie bisher. Die Anfrage kam mit deinem Passwort: Wähle jetzt ein neues.',
  'account.cancel.toPassword': 'Neues Passwort wählen',
};
