import type { Translation } from '../sections.ts';

export const messages: Translation<'welcome'> = {
  'welcome.title': 'Willkommen, {name}',
  'welcome.own':
    'Hier hältst du fest, was du von deinem Leben willst, und sprichst darüber mit denen, die du dir aussuchst.',
  'welcome.part':
    'Arbeit ist ein Teil davon: Ein Ziel der Firma gehört nur dann zu einem von deinen, wenn du es sagst.',
  'welcome.never':
    'Es ist für dein eigenes Leben da und für Vertrauen untereinander, nie für Gehalt, Bewertung, Beförderung oder Kündigung.',
  'welcome.sees': 'Wer was sehen kann',
  'welcome.you': 'Deine Ziele gehören dir',
  'welcome.youText':
    'Niemand liest ein Ziel, das du nicht geteilt hast, und du siehst, an welchem Tag jemand es gelesen hat.',
  'welcome.manager': 'Deine Führungskraft',
  'welcome.managerName': 'Deine Führungskraft, {name}',
  'welcome.managerText':
    'sieht, was du mit ihr teilst und was ihr in euren Gesprächen zusammen aufschreibt. Sie sieht weder deine anderen Ziele noch deren Anzahl, noch deine eigenen Notizen.',
  'welcome.administrators': 'Wer Mutual verwaltet',
  'welcome.administratorsText':
    'sieht das Verzeichnis und ob du ein Konto hast, kann aber keine Ziele, Gespräche oder Notizen lesen und sich nicht als du anmelden.',
  'welcome.operator': 'Wer den Rechner dahinter betreibt',
  'welcome.operatorText':
    'könnte technisch an das kommen, was in der Datenbank steht, wie bei jedem Dienst. Für alle anderen gibt es in Mutual keinen Weg.',
  'welcome.toGoals': 'Ein erstes Ziel aufschreiben',
  'welcome.toToday': 'Mein nächstes Gespräch ansehen',
};
