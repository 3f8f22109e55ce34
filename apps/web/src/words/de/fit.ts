import type { Translation } from '../sections.ts';

export const messages: Translation<'fit'> = {
  'fit.title': 'Wie Arbeit in mein Leben passt',
  'fit.legendLife': 'Was du vom Leben willst',
  'fit.legendWork': 'Die Arbeit, die Teil davon ist',
  'fit.view': 'Ansicht',
  'fit.picture': 'Bild',
  'fit.list': 'Liste',
  'fit.life': 'Deine Ziele und die Arbeit, die Teil davon ist',
  'fit.empty': 'Beginne mit deinem Leben',
  'fit.emptyText':
    'Hier siehst du, wie die Geschäftsziele, die du trägst, Teil deiner eigenen Ziele sind. Schreibe erst eines von deinen auf.',
  'fit.toGoals': 'Zu meinen Zielen',
  'fit.beyondWork': 'Leben jenseits der Arbeit.',
  'fit.disc': '{title}: wählen, wovon es Teil ist',
  'fit.tray': 'Noch Teil von nichts',
  'fit.trayHint':
    'Geschäftsziele, die du trägst. Drücke auf eines und wähle, wovon es Teil ist, oder ziehe es dorthin. Nichts muss zugeordnet werden.',
  'fit.trayEmpty': 'Alle Geschäftsziele, die du trägst, sind Teil von etwas, das du willst.',
  'fit.noWork': 'Du trägst gerade kein Geschäftsziel.',
  'fit.partOf': 'Teil von',
  'fit.how': 'Wie dient es dem? (freiwillig)',
  'fit.saved': 'Gespeichert.',
  'fit.close': 'Fertig',
  'fit.placed': '<q>{work}</q> ist jetzt Teil von <q>{goal}</q>.',
  'fit.takenOut': '<q>{work}</q> ist nicht mehr Teil dieses Ziels.',
};
