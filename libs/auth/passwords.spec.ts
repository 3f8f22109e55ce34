import { hashPassword, provePassword } from './passwords.js';

const parametersOf = (stored: string): string => stored.slice(0, stored.lastIndexOf('$'));

it('a password proves itself, and nothing else does', async () => {
  const stored = await hashPassword('violet tram nods');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(await provePassword('violet tram nods', parametersOf(stored))).toBe(stored);
  expect(await provePassword('violet tram nod', parametersOf(stored))).not.toBe(stored);
  expect(await provePassword('violet tram nods', null)).not.toBe(stored);
});

it('the same password is stored differently each time', async () => {
  expect(await hashPassword('violet tram nods')).not.toBe(await hashPassword('violet tram nods'));
});

// RFC 9106 has no vector without a secret; this one is of the reference implementation's `echo -n password | argon2 somesalt -id -t 2 -k 65536`.
it('agrees with the reference implementation', async () => {
  expect(await provePassword('password', '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ')).toBe(
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  );
});

it('characters that look alike and mean the same are the same', async () => {
  const stored = await hashPassword('Crème brûlée ﬁn');
  expect(await provePassword('Cre\u0300me bru\u0302le\u0301e fin', parametersOf(stored))).toBe(stored);
});

it('the event loop is free meanwhile', async () => {
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 1);
  await Promise.all(Array.from({ length: 8 }, () => hashPassword('violet tram nods')));
  clearInterval(counting);
  expect(turns).toBeGreaterThan(10);
});
