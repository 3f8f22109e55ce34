import type { Translation } from '../sections.ts';

export const messages: Translation<'fit'> = {
  'fit.title': 'Wie die Arbeit in mein Leben passt',
  'fit.legendLife': 'Ziele im Leben',
  'fit.legendWork': 'Arbeit, die Teil davon ist',
  'fit.view': 'Ansicht',
  'fit.picture': 'Bild',
  'fit.list': 'Liste',
  'fit.life': 'Deine Ziele und die Arbeit, die Teil davon ist',
  'fit.empty': 'Beginne mit einem eigenen Ziel',
  'fit.emptyText':
    'Hier siehst du, wie die Geschäftsziele, an denen du arbeitest, Teil deiner eigenen Ziele sind. Schreibe zuerst ein eigenes Ziel auf.',
  'fit.toGoals': 'Ein Ziel aufschreiben',
  'fit.beyondWork': 'Leben jenseits der Arbeit.',
  'fit.disc': '{title}: wählen, wovon es Teil ist',
  'fit.tray': 'Noch nicht zugeordnet',
  'fit.trayHint':
    'Geschäftsziele, an denen du arbeitest. Wähle eines aus, um zu sagen, wozu es gehört. Keines muss zugeordnet werden.',
  'fit.trayDrag': 'Du kannst es auch dorthin ziehen.',
  'fit.trayEmpty': 'Alle Geschäftsziele, an denen du arbeitest, sind Teil von etwas, das du willst.',
  'fit.noWork': 'Du arbeitest gerade an keinem Geschäftsziel.',
  'fit.how': 'Wie dient es dem? (freiwillig)',
  'fit.saved': 'Gespeichert.',
  'fit.close': 'Fertig',
  'fit.whichGoals': 'Wozu gehört das?',
  'fit.placed': '<q>{work}</q> ist jetzt Teil von <q>{goal}</q>.',
  'fit.takenOut': '<q>{work}</q> ist nicht mehr Teil dieses Ziels.',
};
