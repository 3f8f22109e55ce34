import { fieldSentence } from './field-sentence.js';

it.each([
  ['input.title', 'Title must not be blank.'],
  ['title', 'Title must not be blank.'],
  ['input.timeZone', 'Time zone must not be blank.'],
  ['input.dueOn', 'Due date must not be blank.'],
  ['input.personId', 'Person must not be blank.'],
  ['input.id', 'ID must not be blank.'],
  ['input.talkingPointIds', 'Talking point IDs must not be blank.'],
  ['input.talkingPointIds.0', 'Talking point 1 must not be blank.'],
  ['ids.2', 'ID 3 must not be blank.'],
  ['input.milestones.1.title', 'Title of milestone 2 must not be blank.'],
  ['input.keyResults.0.start', 'Start value of key result 1 must not be blank.'],
  ['input.target.conversationId', 'Conversation must not be blank.'],
  ['Idempotency-Key', 'Idempotency-Key must not be blank.'],
  ['input', 'Input must not be blank.'],
])('completes a message about %s with the name of the field', (path, sentence) => {
  expect(fieldSentence(path, 'must not be blank.')).toBe(sentence);
});

it.each(['Choose a different person.', '"colour" is not a field of BookInput.'])(
  'returns a complete sentence unchanged: %s',
  (message) => {
    expect(fieldSentence('input.title', message)).toBe(message);
  },
);
