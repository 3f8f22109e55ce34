import type { Translation } from '../sections.ts';

export const messages: Translation<'me'> = {
  'me.title': 'Ich',
  'me.tab.profile': 'Profil',
  'me.tab.signIn': 'Anmelden',
  'me.tab.readers': 'Gelesen',
  'me.tab.shares': 'Geteilt',
  'me.tab.data': 'Daten',
  'me.signIn': 'Anmelden',
  'me.readers': 'Wer meine Ziele gelesen hat',
  'me.shares': 'Was ich teile',
  'me.data': 'Meine Daten',
  'me.giveUp': 'Lassen, wie es ist',

  'me.directory': 'Wie andere dich sehen',
  'me.directoryText':
    'Das sehen alle in deiner Organisation. Es kommt aus ihrem Verzeichnis: Bitte die, die es pflegen, etwas zu berichtigen.',
  'me.jobTitle': 'Aufgabe',
  'me.department': 'Abteilung',
  'me.location': 'Standort',
  'me.manager': 'Führungskraft',
  'me.email': 'E-Mail-Adresse',
  'me.settings': 'Einstellungen',
  'me.reminders': 'Erinnerungen per E-Mail',
  'me.remindersText':
    'Am Tag vor einem Gespräch, nach einem, das niemand festgehalten hat, und wenn es eine Frage an alle gibt. Darin steht, wer und wann, nie, was geschrieben wurde.',
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
    'Es wird {email}, sobald auch die jetzige Adresse bestätigt hat, spätestens am {day}.',
  'me.address.cancel': 'Änderung abbrechen',
  'me.password': 'Passwort',
  'me.password.change': 'Passwort ändern',
  'me.password.text':
    'Jedes andere Gerät wird abgemeldet. Eine laufende Änderung deiner Anmeldeadresse wird abgebrochen, und API-Token, die du angelegt hast, werden widerrufen.',
  'me.password.current': 'Jetziges Passwort',
  'me.password.yours': 'Dein Passwort',
  'me.password.wrong': 'Das ist nicht dein Passwort.',
  'me.password.save': 'Passwort speichern',
  'me.password.changed': 'Dein Passwort ist geändert.',
  'me.sessions': 'Wo du angemeldet bist',
  'me.sessions.this': 'Dieses Gerät',
  'me.sessions.seen': 'Zuletzt benutzt: {day}',
  'me.sessions.end': 'Abmelden',
  'me.sessions.endOf': 'Abmelden: {label}',
  'me.sessions.endOthers': 'Alle {count} anderen abmelden',
  'me.sessions.ended':
    '{count, plural, one {Ein Gerät wurde abgemeldet.} other {# Geräte wurden abgemeldet.}}',
  'me.sessions.onlyThis': 'Du bist sonst nirgends angemeldet.',

  'me.readersText':
    'Wenn jemandem ein Ziel gezeigt wird, das du namentlich mit ihm teilst, wird es hier festgehalten: wer, welches Ziel, an welchem Tag. Die anderen erfahren das vorher. Uhrzeiten gibt es nicht.',
  'me.readers.mine': 'Von anderen gelesen',
  'me.readers.none': 'Niemand hat ein Ziel von dir gelesen.',
  'me.readers.OPENED': '{name} hat <q>{title}</q> geöffnet',
  'me.readers.LISTED': '{name} hat <q>{title}</q> in einer Liste gesehen',
  'me.readers.deleted': '{name} hat ein Ziel gelesen, das gelöscht ist',
  'me.readers.ownOPENED':
    '{count, plural, one {ein Ziel von {name} geöffnet} other {# Ziele von {name} geöffnet}}',
  'me.readers.ownLISTED':
    '{count, plural, one {ein Ziel von {name} in einer Liste gesehen} other {# Ziele von {name} in einer Liste gesehen}}',
  'me.readers.own': 'Von mir gelesen',
  'me.readers.ownText':
    'Wem diese Ziele gehören, sieht dasselbe, mit den Titeln. Sie stehen hier nicht, denn auch das wäre ein Lesen.',
  'me.readers.ownNone': 'Du hast kein Ziel gelesen, das jemand namentlich mit dir teilt.',

  'me.sharesText':
    'Ziele, die du namentlich mit jemandem teilst. Du kannst jederzeit damit aufhören; niemand wird benachrichtigt.',
  'me.shares.none': 'Du teilst kein Ziel.',
  'me.shares.active': 'kann seit {day} gelesen werden',
  'me.shares.activeUntil': 'kann seit {day} gelesen werden, bis zum Ende des {last}',
  'me.shares.pending':
    'wartet, bis {name} zuerst etwas teilt. {name} sieht das nicht und wird nicht benachrichtigt',
  'me.shares.ended': 'beendet. {name} kann es nicht mehr lesen',
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
  'me.export.until': 'wird gelöscht: {day}',
  'me.export.download': 'Herunterladen',
  'me.erased.goals':
    'Gelöscht: {count, plural, one {# persönliches Ziel} other {# persönliche Ziele}}, mit Etappen, {updates, plural, one {# Eintrag} other {# Einträgen}}, Verlauf, Freigaben und wer sie gelesen hat.',
  'me.erased.points': 'Gelöscht: {count, plural, one {# Punkt} other {# Punkte}}, geteilte und Entwürfe.',
  'me.erased.privateNotes':
    'Gelöscht: deine privaten Notizen zu {count, plural, one {# Gespräch} other {# Gesprächen}}.',
  'me.erased.sharedNotes':
    'Gelöscht: deine Zeilen in den gemeinsamen Notizen zu {count, plural, one {# Gespräch} other {# Gesprächen}}; „(removed)“ zeigt, wo sie standen.',
  'me.erased.promises':
    'Gelöscht: die Worte von {count, plural, one {# Zusage} other {# Zusagen}}, die du zuletzt formuliert hast, und deine früheren Fassungen.',
  'me.erased.feedback':
    'Gelöscht: deine Rückmeldungen zu {count, plural, one {# Gespräch} other {# Gesprächen}}.',
  'me.erased.templates': 'Gelöscht: {count, plural, one {# Vorlage} other {# Vorlagen}} für Agenden.',
  'me.erased.mandates':
    'Gelöscht: die Worte von {count, plural, one {# Vollmacht} other {# Vollmachten}}, die du formuliert hast; sie enden.',
  'me.erased.proposals':
    'Gelöscht: was du in {count, plural, one {# Vorschlag} other {# Vorschlägen}} für Ziele anderer geschrieben hast; offene werden zurückgezogen.',
  'me.erased.imports':
    'Gelöscht: {count, plural, one {# Dokument} other {# Dokumente}} von früher, die du vorgeschlagen hast und niemand angenommen hat.',
  'me.erased.files':
    'Gelöscht: deine Exportdateien, und die Antworten, die 24 Stunden für wiederholte Anfragen aufbewahrt werden.',
  'me.erased.account': 'Gelöscht: dein Konto, deine Sitzungen und dein Eintrag im Verzeichnis.',
  'me.erased.others':
    'Bleibt: was andere geschrieben haben, die Termine eurer Gespräche, und dass ihr euch getroffen habt.',
  'me.erased.work':
    'Bleibt: {count, plural, one {# Geschäftsziel, Zwischenstand, Hindernis, eine Antwort oder Geschichte} other {# Geschäftsziele, Zwischenstände, Hindernisse, Antworten und Geschichten}} von dir.',
  'me.erased.entry': 'Bleibt: dein Konto, und dein Eintrag im Verzeichnis, der deinem Arbeitgeber gehört.',
  'me.erased.left': 'Bleibt: dass jemand ausgeschieden ist, mit den Daten, als „Former colleague“.',
  'me.bring': 'Ziele mitbringen',
  'me.bring.text':
    'Ziele aus einem Export, von hier oder aus einer anderen Organisation mit Mutual. Sie sind privat, und dieselbe Datei noch einmal ändert nichts.',
  'me.bring.file': 'Der Export',
  'me.bring.fileHint': 'Die Zip-Datei, oder goals.json daraus.',
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
    'Alles, was du geschrieben hast, wird überall gelöscht, sieben Tage nachdem du es verlangst. Bis dahin kannst du es dir anders überlegen.',
  'me.erasure.look': 'Ansehen, was gelöscht würde',
  'me.erasure.sure':
    'Bist du sicher? Es wird in sieben Tagen gelöscht, und danach kann es niemand zurückholen.',
  'me.erasure.yes': 'Ja, in sieben Tagen löschen',
  'me.erasure.no': 'Nein, alles behalten',
  'me.erasure.pending': 'Was du geschrieben hast, wird gelöscht: {day}. Bis dahin kannst du es abbrechen.',
  'me.erasure.cancel': 'Abbrechen und alles behalten',
};
