const SHORTEST = 12;
const LONGEST = 200;

/** A password needs at least so many characters besides words that are known about the person. */
const FEWEST_UNKNOWN = 4;
/** Shorter words occur inside too many others. */
const SHORTEST_WORD = 3;

/**
 * Why a new password is refused, as the end of a sentence about it; undefined when it is accepted. By NIST SP 800-63B, 5.1.1.2: it
 * needs a minimum length and may contain any characters; common passwords are refused, and those that consist of words about the
 * person, even with digits or a few characters added.
 *
 * @param context addresses and names of the person and of their organization (app.password_context)
 */
export function passwordProblem(password: string, context: readonly string[]): string | undefined {
  if (password.includes('\0') || !password.isWellFormed())
    return 'must be well-formed Unicode without the character NUL.';
  const normal = password.normalize('NFKC');
  // By code points, so that an emoji of several code units counts once.
  const characters = Array.from(normal);
  if (characters.length < SHORTEST) return `must have at least ${String(SHORTEST)} characters.`;
  if (characters.length > LONGEST) return `must have at most ${String(LONGEST)} characters.`;
  const plain = folded(normal);
  if (isMadeOf(password, context))
    return "must not consist of your addresses or name or your organization's name.";
  if (new Set(characters).size <= 3 || isCommon(plain)) return 'is too common: choose a different one.';
  return undefined;
}

/** Whether little but digits remains of a password when the words of the context are taken out. */
export function isMadeOf(password: string, context: readonly string[]): boolean {
  const plain = folded(password);
  const words = new Set(
    context
      .flatMap((text) => [text, ...text.split('@'), ...text.split(/[^\p{L}\p{N}]+/u)])
      .map(folded)
      .filter((word) => word.length >= SHORTEST_WORD),
  );
  const longestFirst = Array.from(words).sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ''), plain);
  return rest !== plain && rest.replaceAll(/\p{N}/gu, '').length < FEWEST_UNKNOWN;
}

/** Only the letters and digits, in lower case. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** A common password or a run of keys, perhaps repeated or followed by digits. */
function isCommon(plain: string): boolean {
  const stem = plain.replace(/\d+$/, '');
  return (
    [plain, stem].some((text) => COMMON.has(unit(text))) ||
    [plain, stem].some((text) => text.length >= 6 && (new Set(text).size <= 3 || isRun(text)))
  );
}

/** The part that the text repeats: `passwordpassword` repeats `password`. */
function unit(text: string): string {
  const length = (text + text).indexOf(text, 1);
  return text.slice(0, length);
}

/** Adjacent characters of the alphabet, the digits or a keyboard, in either direction. */
function isRun(text: string): boolean {
  return RUNS.some((run) => run.includes(text));
}

const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789'.repeat(3),
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertzuiopasdfghjklyxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
].flatMap((run) => [run, Array.from(run).reverse().join('')]);

/** The most common entries of published lists of leaked passwords that the rules above do not cover. */
const COMMON: ReadonlySet<string> = new Set(
  `admin administrator adminadmin administration changeit changeme changemenow chocolate computer correcthorsebatterystaple
  defaultpassword dragon football goodmorning hello helloworld iloveyou iloveyouforever internet letmein letmeinnow
  liverpool login master masterkey michael monkey motdepasse mutual mutualmutual mypassword mysecretpassword newpassword
  nopassword passphrase password passwordis passw0rd passwort p4ssword p4ssw0rd pa55word princess qwerty qwertyuiop
  qwerty123 qwe123 q1w2e3r4t5 q1w2e3r4t5y6 asd123 asdf1234 asdfghjkl secret secretpassword sunshine superman superstar
  test testtest testpassword thisismypassword trustno1 trustnoone unknown user username welcome welcomeback whatever
  yourpassword zaq12wsx 1234qwer 123qwe 123abc abc123 a1b2c3d4 a1b2c3d4e5f6 aa12345678 contrasena geheim hallo kennwort
  senha wachtwoord parola haslo letmein123 starwars pokemon basketball baseball monkeymonkey ilovemyfamily`.split(
    /\s+/,
  ),
);
