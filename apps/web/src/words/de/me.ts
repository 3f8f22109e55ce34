import type { Translation } from '../sections.ts';

export const messages: Translation<'me'> = {
  'me.title': 'Ich',
  'me.tab.profile': 'Profil',
  'me.tab.signIn': 'Anmeldung',
  'me.tab.readers': 'Leser',
  'me.tab.shares': 'Freigaben',
  'me.tab.data': 'Daten',
  'me.signIn': 'Anmeldung',
  'me.readers': 'Wer meine Ziele gelesen hat',
  'me.shares': 'Was ich teile',
  'me.data': 'Meine Daten',
  'me.giveUp': 'Lassen, wie es ist',

  'me.directory': 'Wie andere dich sehen',
  'me.directoryText':
    'Das sehen alle in deiner Organisation. Es kommt aus dem Verzeichnis. Stimmt etwas nicht? Wende dich an die Personen, die es pflegen.',
  'me.jobTitle': 'Position',
  'me.department': 'Abteilung',
  'me.location': 'Standort',
  'me.manager': 'Führungskraft',
  'me.email': 'E-Mail-Adresse',
  'me.settings': 'Einstellungen',
  'me.reminders': 'Erinnerungen per E-Mail',
  'me.remindersText':
    'Am Tag vor einem Gespräch, wenn zu einem Gespräch noch nichts festgehalten ist und wenn es eine Frage an alle gibt. Darin steht, mit wem und wann, aber nie, was geschrieben wurde.',
  'me.appearance': 'Darstellung',
  'me.light': 'Hell',
  'me.dark': 'Dunkel',
  'me.auto': 'Wie das Gerät',
  'me.signOut': 'Abmelden',

  'me.address': 'Anmeldeadresse',
  'me.address.change': 'Adresse ändern',
  'me.address.new': 'Neue Adresse',
  'me.address.text':
    'Nur du siehst und änderst sie; sie ist nicht die Adresse im Verzeichnis. Beide Adressen bekommen eine E-Mail, und die neue muss bestätigen. Dann gilt sie, sobald auch die alte bestätigt hat, oder nach sieben Tagen. Alle Geräte werden abgemeldet.',
  'me.address.ask': 'E-Mails schicken',
  'me.address.waitsNew':
    'Es wird {email}, sobald diese Adresse bestätigt hat: Öffne den Link in der E-Mail, die dorthin ging.',
  'me.address.waitsOld':
    'Es wird {email}, sobald auch die aktuelle Adresse bestätigt hat, spätestens am {day}.',
  'me.address.cancel': 'Änderung abbrechen',
  'me.password': 'Passwort',
  'me.password.change': 'Passwort ändern',
  'me.password.text':
    'Jedes andere Gerät wird abgemeldet. Eine laufende Änderung deiner Anmeldeadresse wird abgebrochen, und Programme, denen du Zugang gegeben hast (API-Token), verlieren ihn.',
  'me.password.current': 'Aktuelles Passwort',
  'me.password.yours': 'Dein Passwort',
  'me.password.wrong': 'Das ist nicht dein Passwort.',
  'me.password.save': 'Passwort speichern',
  'me.password.changed': 'Dein Passwort ist geändert.',
  'me.sessions': 'Wo du angemeldet bist',
  'me.sessions.this': 'Dieses Gerät',
  'me.sessions.seen': 'Zuletzt benutzt: {day}',
  'me.sessions.end': 'Abmelden',
  'me.sessions.endOf': 'Abmelden: {label}',
  'me.sessions.endOthers': 'Die {count} anderen abmelden',
  'me.sessions.ended':
    '{count, plural, one {Ein Gerät wurde abgemeldet.} other {# Geräte wurden abgemeldet.}}',
  'me.sessions.onlyThis': 'Du bist sonst nirgends angemeldet.',

  'me.readersText':
    'Wenn jemand ein Ziel zu sehen bekommt, das du namentlich teilst, wird es hier festgehalten: wer, welches Ziel und an welchem Tag, ohne Uhrzeit. Wer liest, weiß das vorher.',
  'me.readers.mine': 'Von anderen gelesen',
  'me.readers.none': 'Niemand hat ein Ziel von dir gelesen.',
  'me.readers.OPENED': '{name} hat <q>{title}</q> geöffnet',
  'me.readers.LISTED': '{name} hat <q>{title}</q> in einer Liste gesehen',
  'me.readers.deleted': '{name} hat ein Ziel gelesen, das gelöscht ist',
  'me.readers.ownOPENED':
    '{count, plural, one {Du hast ein Ziel von {name} geöffnet} other {Du hast # Ziele von {name} geöffnet}}',
  'me.readers.ownLISTED':
    '{count, plural, one {Du hast ein Ziel von {name} in einer Liste gesehen} other {Du hast # Ziele von {name} in einer Liste gesehen}}',
  'me.readers.own': 'Von mir gelesen',
  'me.readers.ownText':
    'Die Personen, denen diese Ziele gehören, sehen dasselbe, mit den Titeln. Hier stehen keine Titel: Sie zu zeigen würde wieder als Lesen zählen.',
  'me.readers.ownNone': 'Du hast kein Ziel gelesen, das jemand namentlich mit dir teilt.',

  'me.sharesText':
    'Ziele, die du namentlich mit jemandem teilst. Du kannst jederzeit damit aufhören; niemand wird benachrichtigt.',
  'me.shares.none': 'Du teilst kein Ziel.',
  'me.shares.toGoals': 'Zu meinen Zielen',
  'me.shares.active': 'Lesbar seit dem {day}',
  'me.shares.activeUntil': 'Lesbar seit dem {day}, bis zum Ende des {last}',
  'me.shares.pending':
    'Wartet, bis {name} zuerst etwas teilt. {name} sieht das nicht und erfährt nichts davon.',
  'me.shares.ended': 'Beendet. {name} kann es nicht mehr lesen.',
  'me.shares.end': 'Nicht mehr teilen',
  'me.shares.endOf': 'Nicht mehr teilen: {title}',
  'me.shares.again': 'Wieder teilen',
  'me.shares.againOf': 'Wieder teilen: {title}',

  'me.dataText': 'Was du hier schreibst, gehört dir. Du kannst es mitnehmen und löschen lassen.',
  'me.export': 'Mitnehmen',
  'me.export.text':
    'Eine Datei mit deinen Zielen und deinen Worten, zum Lesen und für andere Programme. Nur du kannst sie herunterladen, sieben Tage lang. Bis zu drei am Tag.',
  'me.export.make': 'Datei zum Herunterladen erstellen',
  'me.export.making': 'Die Datei wird erstellt …',
  'me.export.ready': 'Die Datei ist fertig.',
  'me.export.of': '{day}, {time}',
  'me.export.until': 'Wird gelöscht: {day}',
  'me.export.download': 'Herunterladen',
  'me.erased.title': 'Was gelöscht wird',
  'me.erased.stays': 'Was bleibt',
  'me.erased.goals':
    '{count, plural, one {# persönliches Ziel} other {# persönliche Ziele}}, mit Meilensteinen, {updates, plural, one {# Eintrag} other {# Einträgen}}, früheren Fassungen, Freigaben und wer sie gelesen hat',
  'me.erased.points': '{count, plural, one {# Punkt} other {# Punkte}} auf Agenden, auch Entwürfe',
  'me.erased.privateNotes':
    'Deine privaten Notizen zu {count, plural, one {# Gespräch} other {# Gesprächen}}',
  'me.erased.sharedNotes':
    'Deine Zeilen in den gemeinsamen Notizen zu {count, plural, one {# Gespräch} other {# Gesprächen}}; ein Vermerk zeigt, wo sie standen',
  'me.erased.promises':
    'Der Text von {count, plural, one {# Zusage} other {# Zusagen}}, deren letzte Fassung von dir ist, und deine früheren Fassungen',
  'me.erased.feedback': 'Deine Rückmeldungen zu {count, plural, one {# Gespräch} other {# Gesprächen}}',
  'me.erased.templates': '{count, plural, one {# Vorlage} other {# Vorlagen}} für Agenden',
  'me.erased.mandates':
    'Was du über {count, plural, one {# Sache} other {# Sachen}} geschrieben hast, die ohne Rückfrage entschieden werden dürfen; das endet',
  'me.erased.proposals':
    'Was du in {count, plural, one {# Vorschlag} other {# Vorschlägen}} für Ziele anderer geschrieben hast; offene werden zurückgezogen',
  'me.erased.imports':
    '{count, plural, one {# Dokument} other {# Dokumente}} mit früheren Notizen, die du vorgeschlagen hast und niemand angenommen hat',
  'me.erased.files': 'Deine Exportdateien',
  'me.erased.account': 'Dein Konto, deine Anmeldungen und dein Eintrag im Verzeichnis',
  'me.erased.others':
    'Was andere geschrieben haben, die Termine eurer Gespräche und dass ihr euch getroffen habt',
  'me.erased.work':
    '{count, plural, one {# Geschäftsziel, Zwischenstand, Hindernis, eine Antwort oder Geschichte} other {# Geschäftsziele, Zwischenstände, Hindernisse, Antworten und Geschichten}} von dir',
  'me.erased.entry': 'Dein Konto und dein Eintrag im Verzeichnis, der deinem Arbeitgeber gehört',
  'me.erased.left': 'Dass jemand ausgeschieden ist, mit den Daten, aber ohne deinen Namen',
  'me.bring': 'Ziele übernehmen',
  'me.bring.text':
    'Aus einer Datei von Mutual, von hier oder aus einer anderen Organisation. Nur du siehst diese Ziele. Dieselbe Datei zweimal zu wählen schadet nicht.',
  'me.bring.file': 'Der Export',
  'me.bring.fileHint': 'Die ZIP-Datei, wie du sie heruntergeladen hast, oder die Datei goals.json darin.',
  'me.bring.foreign': 'Das ist kein Export von Mutual: Es sind keine Ziele darin. Nichts wurde übernommen.',
  'me.bring.running': 'Die Ziele werden hinzugefügt …',
  'me.bring.done':
    '{imported, plural, =0 {Kein Ziel war neu.} one {Ein Ziel wurde hinzugefügt.} other {# Ziele wurden hinzugefügt.}}{present, plural, =0 {} one { Eines war schon da.} other { # waren schon da.}}',
  'me.bring.toGoals': 'Zu meinen Zielen',
  'me.bring.faults':
    'Die Datei wurde verändert oder ist beschädigt: {count, plural, one {Ein Wert} other {# Werte}} darin {count, plural, one {ist} other {sind}} nicht lesbar. Nichts davon wurde übernommen. Wähle die Datei so, wie sie exportiert wurde.',
  'me.export.failed': 'Sie konnte nicht heruntergeladen werden. Versuche es noch einmal.',
  'me.erasure': 'Löschen lassen',
  'me.erasure.text':
    'Deine persönlichen Ziele und was du in deinen Gesprächen geschrieben hast, werden überall gelöscht, sieben Tage nachdem du es verlangt hast. Bis dahin kannst du es dir anders überlegen.',
  'me.erasure.look': 'Ansehen, was gelöscht würde',
  'me.erasure.sure':
    'Bist du sicher? Es wird in sieben Tagen gelöscht, und danach kann es niemand zurückholen.',
  'me.erasure.yes': 'Ja, in sieben Tagen löschen',
  'me.erasure.no': 'Nein, alles behalten',
  'me.erasure.pending': 'Was du geschrieben hast, wird am {day} gelöscht. Bis dahin kannst du es abbrechen.',
  'me.erasure.cancel': 'Abbrechen und alles behalten',
};
