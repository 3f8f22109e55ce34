import type { Translation } from '../sections.ts';

export const messages: Translation<'suggestions'> = {
  'suggestion.take': 'Ansprechen',
  'suggestion.shareGoal': 'Ein Ziel wählen',
  'suggestion.taken': 'Auf deiner Agenda, nur für dich sichtbar',
  'suggestion.takenShared': 'Auf eurer Agenda, für euch beide sichtbar',
  'suggestion.undo': 'Rückgängig',

  'point.ANNIVERSARY':
    '{count, plural, one {Am {day} ein Jahr in der Organisation} other {Am {day} # Jahre in der Organisation}}',
  'point.NOT_MET_LATELY': 'Wie oft wollen wir uns treffen?',

  'suggestion.CARRIED_POINT':
    '{count, plural, one {Einmal verschoben} =2 {Zweimal verschoben} =3 {Dreimal verschoben} =4 {Viermal verschoben} other {#-mal verschoben}}: <q>{title}</q>',
  'suggestion.ACTION_ITEM_DUE.mine':
    '{days, plural, =0 {Deine Zusage ist heute fällig} one {Deine Zusage ist morgen fällig} other {Deine Zusage ist in # Tagen fällig}}: <q>{title}</q>',
  'suggestion.ACTION_ITEM_DUE.theirs':
    '{days, plural, =0 {Heute fällig, zugesagt von {name}} one {Morgen fällig, zugesagt von {name}} other {In # Tagen fällig, zugesagt von {name}}}: <q>{title}</q>',
  'suggestion.ACTION_ITEM_LATE.mine':
    '{days, plural, one {Deine Zusage ist seit # Tag überfällig} other {Deine Zusage ist seit # Tagen überfällig}}: <q>{title}</q>',
  'suggestion.ACTION_ITEM_LATE.theirs':
    '{days, plural, one {Seit # Tag überfällig, zugesagt von {name}} other {Seit # Tagen überfällig, zugesagt von {name}}}: <q>{title}</q>',
  'suggestion.AGENDA_ONE_SIDED': 'Bisher kommen alle {count} Punkte der Agenda von einer Seite.',
  'suggestion.ANNIVERSARY':
    '{count, plural, one {{name} ist am {day} ein Jahr dabei} =2 {{name} ist am {day} zwei Jahre dabei} =3 {{name} ist am {day} drei Jahre dabei} other {{name} ist am {day} # Jahre dabei}}',
  'suggestion.BARRIER_ANSWERED': 'Beantwortet, was dich behindert hat: <q>{title}</q>',
  'suggestion.BUSINESS_GOAL_OFF_TRACK': 'Nicht auf Kurs: <q>{title}</q>',
  'suggestion.BUSINESS_GOAL_UNPLACED':
    'Dein Geschäftsziel gehört noch zu keinem deiner eigenen Ziele: <q>{title}</q>',
  'suggestion.GOAL_QUIET': '{days, plural, other {Dein Ziel, seit # Tagen unverändert}}: <q>{title}</q>',
  'suggestion.GOAL_UPDATED.mine':
    'Dein Ziel, {count, plural, one {# Neuigkeit} other {# Neuigkeiten}} seit dem letzten Gespräch: <q>{title}</q>',
  'suggestion.GOAL_UPDATED.theirs':
    'Ziel von {name}, {count, plural, one {# Neuigkeit} other {# Neuigkeiten}} seit dem letzten Gespräch: <q>{title}</q>',
  'suggestion.MILESTONE_REACHED.mine': 'Dein Ziel, am {day} einen Meilenstein erreicht: <q>{title}</q>',
  'suggestion.MILESTONE_REACHED.theirs':
    'Ziel von {name}, am {day} einen Meilenstein erreicht: <q>{title}</q>',
  'suggestion.NOT_MET_LATELY':
    '{days, plural, one {Euer letztes Gespräch war vor # Tag.} other {Euer letztes Gespräch war vor # Tagen.}}',
  'suggestion.SHARE_FIRST': '{name} kann noch keines deiner Ziele lesen. Du könntest zuerst eines teilen.',
};
