export const messages = {
  'trends.title': 'Trends',
  'trends.intro':
    'Figures about leadership and the company, from periods that are over. Everybody who may read them sees the same ones as HR. None is about personal goals.',
  'trends.nothingReleased':
    'There are no figures for you to read yet. Those of a month or quarter come here some weeks after it has ended.',
  'trends.files': 'All figures of all groups as a table for your spreadsheet:',
  'trends.csv': 'Download everything (CSV)',
  'trends.csvOf': '{period} (CSV)',

  'trends.choose.metric': 'What',
  'trends.choose.answers': 'What people answer',
  'trends.choose.managers': 'What managers do',
  'trends.choose.barriers': 'What gets in the way',
  'trends.choose.tree': 'Groups',
  'trends.choose.by': 'Periods',
  'trends.tree.DEPARTMENT': 'Departments',
  'trends.tree.MANAGER': 'Managers and their people',
  'trends.tree.LOCATION': 'Locations',
  'trends.tree.one.DEPARTMENT': 'Department',
  'trends.tree.one.MANAGER': 'Manager',
  'trends.tree.one.LOCATION': 'Location',
  'trends.by.QUARTER': 'Quarters',
  'trends.by.MONTH': 'Months, for 50 people and more',

  'trends.driver.MUTUAL_TRUST': 'Mutual trust',
  'trends.driver.AUTONOMY': 'Autonomy',
  'trends.driver.PURPOSE': 'Purpose',
  'trends.driver.GROWTH': 'Growth',
  'trends.driver.RECOGNITION': 'Recognition',
  'trends.driver.WELLBEING': 'Well-being',
  'trends.driver.VOICE': 'Voice',
  'trends.driverText.MUTUAL_TRUST':
    'Whether people and their leaders keep their word and rely on each other: the mean of what people answered, from 1 to 5.',
  'trends.driverText.AUTONOMY':
    'Whether people can decide what they are responsible for: the mean of what people answered, from 1 to 5.',
  'trends.driverText.PURPOSE':
    'Whether the work is useful, and serves what matters to the person: the mean of what people answered, from 1 to 5.',
  'trends.driverText.GROWTH':
    'Whether people learn and get further: the mean of what people answered, from 1 to 5.',
  'trends.driverText.RECOGNITION':
    'Whether good work is noticed: the mean of what people answered, from 1 to 5.',
  'trends.driverText.WELLBEING':
    'Whether work leaves people strength for their lives: the mean of what people answered, from 1 to 5.',
  'trends.driverText.VOICE':
    'Whether people can say what they think, and it changes something: the mean of what people answered, from 1 to 5.',

  'trends.metric.ENGAGEMENT_INDEX': 'All seven together',
  'trends.metric.PULSE_SCORE': 'Answers to a survey',
  'trends.metric.ENPS': 'Would recommend working here (eNPS)',
  'trends.metric.PULSE_PARTICIPATION': 'Took part in a survey',
  'trends.metric.MET_RATE': 'One-to-ones held',
  'trends.metric.CONVERSATION_WORTH': 'Conversations worth their time',
  'trends.metric.AGENDA_FROM_REPORTS': 'Agendas that both write',
  'trends.metric.PROMISES_KEPT_BY_MANAGERS': 'Promises kept by managers',
  'trends.metric.BARRIERS_ANSWERED_IN_TIME': 'Barriers answered in time',
  'trends.metric.BARRIERS_REMOVED': 'Barriers removed',
  'trends.define.ENGAGEMENT_INDEX':
    'The mean of the seven figures of a quarter, from trust to voice, from 1 to 5. It is computed from what is shown here, and says no more.',
  'trends.define.PULSE_SCORE': 'The mean of what people answered, from 1 to 5.',
  'trends.define.ENPS':
    'How likely people are to recommend working here, from 0 to 10: the percentage who chose 9 or 10, minus the percentage who chose 0 to 6. Between −100 and +100.',
  'trends.define.PULSE_PARTICIPATION':
    'The share of the people asked who answered a survey of the quarter. For groups of 20 people and more.',
  'trends.define.MET_RATE':
    'The share of direct reports with whom their manager held a one-to-one in the quarter. Each manager counts once.',
  'trends.define.CONVERSATION_WORTH':
    'How worthwhile people found the conversations with their manager, from 1 to 5, where both gave feedback. Each manager counts once.',
  'trends.define.AGENDA_FROM_REPORTS':
    'The share of one-to-ones to which the report brought a point of the agenda. Each manager counts once.',
  'trends.define.PROMISES_KEPT_BY_MANAGERS':
    'The share of promises to their direct reports that managers kept in time. Each manager counts once.',
  'trends.define.BARRIERS_ANSWERED_IN_TIME':
    'The share of barriers that were answered when due. Each person who answers for an area counts once. For the whole organization only.',
  'trends.define.BARRIERS_REMOVED':
    'The share of answers that removed a barrier. Each person who answers for an area counts once. For the whole organization only.',
  'trends.rounding':
    'Rounded to {step}. {fewest, plural, =0 {} other {At least # people are behind every figure.}}',

  'trends.of': '{name}: {group}',
  'trends.silent': 'No figure in any of these periods:',
  'trends.up': 'The group above',
  'trends.noGroup': 'This address leads to a group that does not exist in these periods.',
  'trends.toRoot': 'Show the whole organization',
  'trends.until': 'until {day}',
  'trends.compared': 'The dashed line is {group}.',
  'trends.band':
    'What is shown is rounded: the exact figures lie somewhere in the pale band{bounds, select, yes {, or beyond it where there is an arrow or a hollow dot} other {}}.',
  'trends.part': 'The pictures show the part of the scale from {low} to {high}.',
  'trends.summary':
    'Of the {all} {tree, select, DEPARTMENT {departments} LOCATION {locations} other {managers below}}, {rose, plural, =0 {none has} one {# has} other {# have}} gone up and {fell, plural, =0 {none has} one {# has} other {# have}} gone down by more than rounding can explain. {none, plural, =0 {All have a figure} one {# has no figure} other {# have no figure}} for {period}.',

  'trends.moved.none': 'No figure in any of these periods.',
  'trends.moved.missing': 'No figure for {period}.',
  'trends.moved.single': 'One figure so far: {value} in {period}.',
  'trends.moved.rose':
    'Gone up: from {before} in {since} to {value} in {period}. That is more than rounding can explain.',
  'trends.moved.fell':
    'Gone down: from {before} in {since} to {value} in {period}. That is more than rounding can explain.',
  'trends.moved.rose.run':
    'Gone up {run} {periods, select, MONTH {months} other {quarters}} in a row: from {before} in {since} to {value} in {period}, each time by more than rounding can explain.',
  'trends.moved.fell.run':
    'Gone down {run} {periods, select, MONTH {months} other {quarters}} in a row: from {before} in {since} to {value} in {period}, each time by more than rounding can explain.',
  'trends.moved.small':
    'But the group is small: two people who answer or act differently can be enough for that. Wait for the next quarter before you conclude anything.',
  'trends.moved.same': 'No change to be seen: {before} in {since}, {value} in {period}, both rounded.',
  'trends.moved.within':
    'No clear change: {before} in {since}, {value} in {period}. So small a difference can come from rounding alone.',
  'trends.moved.unclear':
    'Not clear whether it has changed: {before} in {since}, {value} in {period}. These figures are not exact enough to tell.',
  'trends.moved.incomparable':
    '{value} in {period}. In {since} it was measured in another way, so the two cannot be compared.',

  'trends.bound.AT_LEAST': 'at least {value}',
  'trends.bound.AT_MOST': 'at most {value}',
  'trends.bound.APPROXIMATE': 'about {value}',
  'trends.points': '{count, plural, one {# point} other {# points}}',
  'trends.suppressed': 'no figure',
  'trends.absent': 'not a group then',
  'trends.behind': 'How many',
  'trends.people.FROM_5_TO_9':
    '{unit, select, managers {5 to 9 managers} answerers {5 to 9 who answer} other {5 to 9 people}}',
  'trends.people.FROM_10_TO_19':
    '{unit, select, managers {10 to 19 managers} answerers {10 to 19 who answer} other {10 to 19 people}}',
  'trends.people.FROM_20_TO_49':
    '{unit, select, managers {20 to 49 managers} answerers {20 to 49 who answer} other {20 to 49 people}}',
  'trends.people.FROM_50':
    '{unit, select, managers {50 managers or more} answerers {50 or more who answer} other {50 people or more}}',
  'trends.note.suppressed':
    '“No figure” has one of three reasons, and nobody can tell which: too few people, nobody answered, or the figure would give away that of somebody else. It is not a bad result, and it is not 0. Please ask nobody how they answered to fill a gap.',
  'trends.note.suppressedMonth':
    'Each question is asked in one month of a quarter, so the other months are left out. Months show groups of 50 people and more. “No figure” also means: too few people, nobody answered, or the figure would give away that of somebody else. Nobody can tell which.',
  'trends.note.AT_LEAST':
    '“At least” means: this, or higher. The exact figure would tell what single people answered or did.',
  'trends.note.AT_MOST':
    '“At most” means: this, or lower. The exact figure would tell what single people answered or did.',
  'trends.note.APPROXIMATE':
    '“About” means: parts of the group are shown higher than they are and others lower, so it can be a little more or less.',
  'trends.note.neverAdd':
    'Do not add up or average these figures: they are rounded, and some are missing. The group above has its own figure.',

  'trends.responses': 'What is done about it',
  'trends.responsesWho':
    'HR responds for every group, and managers for their own. Everybody who sees the figures sees the responses.',
  'trends.released': 'released {day}',
  'trends.erratum': 'Correction: {text}',
  'trends.overdue':
    'Overdue: the figures came out more than 30 days ago, and nobody has announced yet what is done about them.',
  'trends.noResponse': 'Nobody has announced yet what is done about it.',
  'trends.respond': 'Respond to the figures of {period}, for {group}',
  'trends.responseOf': '{name}, for {group}{metric, select, one {, about: {about}} other {}}',
  'trends.due': 'by {day}',
  'trends.wasDue': 'was due {day}',
  'trends.close': 'Say what came of it',
  'trends.edit': 'Change',
  'trends.state.OPEN': 'going on',
  'trends.state.DONE': 'done',
  'trends.state.NOT_DONE': 'not done',
  'trends.outcome.OPEN': 'What came of it so far',
  'trends.outcome.DONE': 'What came of it',
  'trends.outcome.NOT_DONE': 'Why it was not done',
  'trends.form.everybody': 'Everybody who sees these figures will read this, with your name.',
  'trends.form.text': 'What is going to be done',
  'trends.form.about': 'About',
  'trends.form.quarter': 'All figures of the quarter',
  'trends.form.due': 'By when',
  'trends.form.publish': 'Publish',
  'trends.form.save': 'Save',
  'trends.form.cancel': 'Cancel',
  'trends.form.state': 'How it stands',
  'trends.form.outcomeNeeded': 'What is not done needs a reason.',
  'trends.form.conflict':
    'Somebody has changed this in the meantime, and your text is not saved yet. This is the present text; saving again replaces it:',
} as const;
