export const messages = {
  'pulse.title': 'A short survey about your work',
  'pulse.until':
    'You can answer until {day}, {time}{night, select, yes { a.m.} other {}}. Answering is up to you, and you can leave out any question.',
  'pulse.none': 'There is no survey for you now',
  'pulse.noneText':
    'Everybody who is here when a survey opens is asked the same questions. Today tells you about the next one.',
  'pulse.readers': 'Who can read what you answer',
  'pulse.readers.nobody':
    'Nobody in your company: no colleague, no manager, not HR, no administrator. Not even you: what you have sent cannot be shown again.',
  'pulse.readers.figures':
    'Your answer becomes part of figures about at least {fewest, plural, other {# people}}, rounded so that nobody’s answer can be worked out. Everybody reads the same figures.',
  'pulse.readers.operator':
    'There is one exception: until your answer is destroyed, the people who operate your company’s database could technically connect it with you.',
  'pulse.readers.more': 'What happens to your answer',
  'pulse.readers.destroyed':
    'Your answer, and what connects it with you, is destroyed when the figures of the {quarter, select, 1 {first} 2 {second} 3 {third} other {last}} quarter of {year} are computed: about {day}, and on {latest} at the latest.',
  'pulse.readers.tookPart': 'That you took part stays stored for 24 months, sealed, without your answers.',
  'pulse.answered':
    'You have answered. Sending again replaces the whole answer, so choose for every question that should count.',
  'pulse.score.1': 'Strongly disagree',
  'pulse.score.2': 'Disagree',
  'pulse.score.3': 'Neither',
  'pulse.score.4': 'Agree',
  'pulse.score.5': 'Strongly agree',
  'pulse.likely.0': 'not at all likely',
  'pulse.likely.10': 'extremely likely',
  'pulse.noAnswer': 'No answer',
  'pulse.send': '{count, plural, =0 {Send} one {Send one answer} other {Send # answers}}',
  'pulse.replace':
    '{count, plural, =0 {Replace my answer} one {Replace it with one answer} other {Replace it with # answers}}',
  'pulse.withdraw': 'Withdraw my answer',
  'pulse.sent.answered': 'Sent. You can change it until the survey closes: send it again as a whole.',
  'pulse.sent.withdrawn':
    'Withdrawn: nothing of your answer counts. You can answer again until the survey closes.',
} as const;
