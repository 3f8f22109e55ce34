import type { Translation } from '../sections.ts';

export const messages: Translation<'palette'> = {
  'palette.title': 'Suchen',
  'palette.label': 'Menschen, deine Ziele und Gespräche, Seiten und Aktionen finden',
  'palette.group.people': 'Menschen',
  'palette.group.own': 'In deinen Zielen und Gesprächen',
  'palette.group.pages': 'Seiten',
  'palette.group.actions': 'Aktionen',
  'palette.goal': 'dein Ziel',
  'palette.businessGoal': 'ein Geschäftsziel',
  'palette.update': 'Neues zu einem deiner Ziele',
  'palette.notes': 'Notizen mit {name}',
  'palette.promise': 'eine Zusage, mit {name}',
  'palette.point': 'ein Punkt mit {name}',
  'palette.raise': 'Nennen, was im Weg ist',
  'palette.pulse': 'Die Umfrage beantworten',
  'palette.handover': 'Wechsel der Führungskraft',
  'palette.data': 'Meine Daten herunterladen (Export, Download)',
  'palette.language': 'Show in English',
  'palette.nothing': 'Nichts gefunden.',
  'palette.note': 'Ziele anderer werden nicht durchsucht: Das wäre ein Blick auf sie.',
};
