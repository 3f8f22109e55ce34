export const messages = {
  'suggestion.take': 'Talk about it',
  'suggestion.shareGoal': 'Choose a goal',
  'suggestion.taken': 'On your agenda, only you see it',
  'suggestion.takenShared': 'On your agenda, both of you see it',
  'suggestion.undo': 'Undo',

  'point.ANNIVERSARY':
    '{count, plural, one {A year in the organization on {day}} other {# years in the organization on {day}}}',
  'point.NOT_MET_LATELY': 'How often do we want to meet?',

  'suggestion.CARRIED_POINT':
    '{count, plural, one {Carried over once} =2 {Carried over twice} other {Carried over # times}}: <q>{title}</q>',
  'suggestion.ACTION_ITEM_DUE.mine':
    '{days, plural, =0 {Your promise is due today} one {Your promise is due tomorrow} other {Your promise is due in # days}}: <q>{title}</q>',
  'suggestion.ACTION_ITEM_DUE.theirs':
    '{days, plural, =0 {{name}’s promise is due today} one {{name}’s promise is due tomorrow} other {{name}’s promise is due in # days}}: <q>{title}</q>',
  'suggestion.ACTION_ITEM_LATE.mine':
    '{days, plural, one {Your promise is # day late} other {Your promise is # days late}}: <q>{title}</q>',
  'suggestion.ACTION_ITEM_LATE.theirs':
    '{days, plural, one {{name}’s promise is # day late} other {{name}’s promise is # days late}}: <q>{title}</q>',
  'suggestion.AGENDA_ONE_SIDED': 'So far all {count} points on the agenda come from one of you.',
  'suggestion.ANNIVERSARY':
    '{count, plural, one {{name}: one year here on {day}} other {{name}: # years here on {day}}}',
  'suggestion.BARRIER_ANSWERED': 'What got in your way was answered: <q>{title}</q>',
  'suggestion.BUSINESS_GOAL_OFF_TRACK': 'Off track: <q>{title}</q>',
  'suggestion.BUSINESS_GOAL_UNPLACED':
    'Your business goal is not part of any of your own goals yet: <q>{title}</q>',
  'suggestion.GOAL_QUIET': '{days, plural, other {Your goal, quiet for # days}}: <q>{title}</q>',
  'suggestion.GOAL_UPDATED.mine':
    'Your goal, {count, plural, one {# update} other {# updates}} since you last met: <q>{title}</q>',
  'suggestion.GOAL_UPDATED.theirs':
    '{name}’s goal, {count, plural, one {# update} other {# updates}} since you last met: <q>{title}</q>',
  'suggestion.MILESTONE_REACHED.mine': 'Your goal, a milestone reached on {day}: <q>{title}</q>',
  'suggestion.MILESTONE_REACHED.theirs': '{name}’s goal, a milestone reached on {day}: <q>{title}</q>',
  'suggestion.NOT_MET_LATELY':
    '{days, plural, one {You last met # day ago.} other {You last met # days ago.}}',
  'suggestion.SHARE_FIRST': '{name} can read none of your goals yet. You could share one first.',
} as const;
