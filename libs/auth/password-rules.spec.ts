import { passwordProblem } from './password-rules.js';

const CONTEXT = ['grace.hopper@example.com', 'ghm@navy.example', 'Grace Hopper Murray', 'Compiler Works Ltd'];
const problem = (password: string): string | undefined => passwordProblem(password, CONTEXT);

it.each([
  'violet tram nods', // words
  'aB3$kk-9Lm!z',
  'корова едет домой',
  '馬鹿は風邪をひかない、夏に',
  '🐙🌵🧭🪗🛶🧿🪁🥁🦜🎏🧵🪵',
  'Grace Hopper wrote compilers',
  'the compiler works slowly',
  'ab7283910472',
  'x'.repeat(3) + 'yesterday’s weather'.repeat(10),
])('%s is good enough', (password) => {
  expect(problem(password)).toBeUndefined();
});

it.each([
  ['elevenchars', 'must have at least 12 characters.'],
  ['🐙🌵🧭🪗🛶🧿🪁🥁🦜🎏🧵', 'must have at least 12 characters.'],
  ['long '.repeat(41), 'must have at most 200 characters.'],
  ['nul \0 in the middle', 'must be well-formed Unicode without the character NUL.'],
  ['half an emoji \ud83d here', 'must be well-formed Unicode without the character NUL.'],
  ...[
    'grace.hopper@example.com',
    'Grace.Hopper!!!',
    'grace hopper murray',
    'GraceHopper2026',
    'murray-murray-murray',
    'ghm@navy.example',
    'NavyGraceExample',
    'Compiler Works Ltd',
    'compilerworks1234',
    'Hopper at compiler',
    'my compilers, 1952',
  ].map((made) => [made, "must not consist of your addresses or name or your organization's name."]),
  ...[
    '!?!?!?!?!?!?',
    'password1234',
    'PasswordPassword',
    'P4ssw0rd!2024',
    'Passwort-123456',
    '123456789012',
    '098765432109',
    'aaaaaaaaaaaa',
    'abababababab',
    'qwertyuiop[]12',
    '1q2w3e4r5t6y',
    'abcdefghijkl',
    'correct horse battery staple',
    'iloveyou12345',
    'Welcome12345!',
  ].map((common) => [common, 'is too common: choose a different one.']),
])('%s is refused: it %s', (password = '', reason = '') => {
  expect(problem(password)).toBe(reason);
});
